"""The words of the exhibition, with the groups that rules speak of."""

from django.db import models


class EntryState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    CHANGES_ASKED = "changes-asked", "Changes asked for"
    ON_HOLD = "on-hold", "On hold"
    REFUSED = "refused", "Not accepted"
    APPROVED = "approved", "Approved"
    HUNG = "hung", "On the wall"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: The photographer may still change the words.
EDITABLE_STATES = {EntryState.DRAFT, EntryState.CHANGES_ASKED, EntryState.REFUSED}
#: A moderator's decision is awaited.
UNDER_REVIEW_STATES = {EntryState.IN_REVIEW, EntryState.ON_HOLD}
#: Cleared by a named person. Public only once hung.
CLEARED_STATES = {EntryState.APPROVED, EntryState.HUNG}
#: Do not count towards a photographer's limit.
FREE_STATES = {EntryState.WITHDRAWN, EntryState.REFUSED}


class Decision(models.TextChoices):
    """What happened to an entry, one row each in its history."""

    SUBMITTED = "submitted", "Sent in"
    APPROVED = "approved", "Approved"
    CHANGES_ASKED = "changes-asked", "Asked for changes"
    HELD = "held", "Put on hold"
    RESUMED = "resumed", "Taken off hold"
    REFUSED = "refused", "Not accepted"
    DESCRIBED = "described", "Words added"
    CORRECTED = "corrected", "Words put right"
    HUNG = "hung", "Hung"
    TAKEN_DOWN = "taken-down", "Taken down"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Refusal(models.TextChoices):
    """Why a decision was not taken: the code that names it in an address, and what the moderator reads there."""

    REASON_MISSING = "reason-missing", "Nothing was decided: please give a reason. The photographer will read it."
    NOT_YOURS = "not-yours", "Nothing was decided: this one is for somebody else to decide."
    DECIDED_MEANWHILE = (
        "decided-meanwhile",
        "Nothing was decided: somebody was quicker, or the words changed meanwhile.",
    )
    NOT_CLEARED = "not-cleared", "Not approved yet: something is still open."
    REFUSED = "refused", "Nothing was decided."


class HangMode(models.TextChoices):
    ON_APPROVAL = "on-approval", "As soon as it is approved"
    AT_OPENING = "at-opening", "All together, when the exhibition opens"
    BY_CURATOR = "by-curator", "When a curator hangs it"


class EditionState(models.TextChoices):
    ANNOUNCED = "announced", "Announced"
    OPEN = "open", "Open for entries"
    REVIEW = "review", "Entries being reviewed"
    JUDGING = "judging", "Being judged"
    ON_SHOW = "on-show", "On show"
    ARCHIVED = "archived", "Archive"


class Licence(models.TextChoices):
    EXHIBITION_ONLY = "exhibition-only", "All rights reserved: exhibition and its publicity only"
    CC_BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"

    @property
    def url(self) -> str:
        """The licence's own page; empty when all rights are reserved."""
        kind = {Licence.CC_BY: "by", Licence.CC_BY_NC_SA: "by-nc-sa"}.get(self)
        return f"https://creativecommons.org/licenses/{kind}/4.0/" if kind else ""

    @property
    def reusable(self) -> bool:
        return self is not Licence.EXHIBITION_ONLY


class CreditName(models.TextChoices):
    FULL = "full", "My full name"
    ROLE = "role", "My job title, not my name"
    WITHHELD = "withheld", "Neither: the university only"


class People(models.TextChoices):
    NONE = "none", "Nobody can be recognised"
    LISTED = "listed", "These people are in it"


class Clearance(models.TextChoices):
    YES = "yes", "Yes"
    NOT_APPLICABLE = "na", "Does not apply"
    FIX = "fix", "Not sure, please look"


class Channel(models.TextChoices):
    """Where a pictured person lets the picture go."""

    WEB = "web", "Our website and the exhibition"
    OTHER_SITES = "other-sites", "Other websites that show our pictures"
    PRINT = "print", "Printed copies"
    PRESS = "press", "Newspapers and magazines"
    SOCIAL = "social", "Social media"


class Orientation(models.TextChoices):
    LANDSCAPE = "landscape", "Landscape"
    PORTRAIT = "portrait", "Portrait"
    SQUARE = "square", "Square"

    @classmethod
    def of(cls, width: int, height: int) -> "Orientation":
        """For a picture of `width` × `height` pixels; square within two per cent."""
        if abs(width - height) * 50 <= max(width, height):
            return cls.SQUARE
        return cls.LANDSCAPE if width > height else cls.PORTRAIT


#: Kinds of lines in the log of withdrawals (`cms.operation`); the key is the entry's public id.
ENTRY_WITHDRAWN, ENTRY_TAKEN_DOWN = "entry withdrawn", "entry taken down"
#: Kinds of public changes that are the gallery's (`cms.changes`).
EXHIBIT, EXHIBITION = "exhibit", "exhibition"
