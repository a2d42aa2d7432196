"""How long the words of an entry may be, for fields, forms, pages and the rules for sending in.

They stand beside the entry, not on it: the exhibit holds the same words and may not know the entry.
"""

TITLE_CHARACTERS = 90
CAPTION_WORDS = 80
TECHNIQUE_WORDS = 40
#: Of the description for people who cannot see the picture: at least, at most.
ALT_CHARACTERS = (20, 300)
LONG_DESCRIPTION_CHARACTERS = 4_000
#: Of a moderator's decision.
REASON_CHARACTERS = 2_000
#: Who can be recognised.
MOST_PEOPLE = 20
NAME_CHARACTERS = 120
