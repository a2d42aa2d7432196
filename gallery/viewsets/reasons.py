"""Sentences a moderator can start from. The photographer reads them, so each says what to do next."""

#: Offered with “Approve”, so that a good photograph does not cost a moderator ten minutes of typing.
THANKS = {
    "Clear and ready": "Thank you: clear, well described and ready to be shown.",
    "Lovely work": "What a picture. Thank you for showing people this part of your work.",
}

#: The house list, for changes, holding and refusing.
REASONS = {
    "Below minimum size": (
        "This file is a little too small to print well. Please send the original from your camera or phone, "
        "not a copy from a message or a website."
    ),
    "Security detail in frame": (
        "A pass, screen, door code or lock can be read in this picture. Please send one without it; "
        "we are glad to help you find a crop."
    ),
    "Consent not yet given by everyone": (
        "We still need a yes from everyone who can be recognised. Please ask them, or choose a picture in which "
        "nobody can be recognised."
    ),
    "Consent withdrawn": (
        "Somebody in this picture would rather not be shown, so we cannot use it. This is no fault of yours, "
        "and another picture is very welcome."
    ),
    "Safety practice not shown": (
        "Somebody here is not wearing what the work calls for. Please tell us if there is a reason we cannot see, "
        "or send a picture that shows how it is done."
    ),
    "Awaiting intellectual property clearance": (
        "This may show something that is not public yet. We are asking the technology transfer office and will "
        "write to you; there is nothing you need to do for now."
    ),
    "Partner or third-party permission needed": (
        "A partner’s name, logo or equipment is easy to recognise. Please ask them, or tell us whom we should ask."
    ),
    "Person, patient or student information visible": (
        "A name, record or result that belongs to somebody can be read in this picture. Please send one without it."
    ),
    "Duplicate of an earlier entry": (
        "This picture has been sent in before. If you meant to send another one, please withdraw this entry "
        "and start again."
    ),
    "Not by an eligible technician": (
        "This exhibition is for technicians’ own photographs. If you took it as part of your technical work, "
        "please tell us a little about it and we will look again."
    ),
    "Made or altered by an image generator": (
        "Parts of this picture seem to come from an image generator, and the exhibition shows photographs only. "
        "If we are mistaken, please send us the original file."
    ),
    "Words need work (we can help)": (
        "The picture is fine; its words need a little more. Please say who or what can be seen and why it matters. "
        "Write to us if you would like a hand."
    ),
}


def sentence(name: str) -> str:
    """The sentence of that name; empty for an unknown one."""
    return THANKS.get(name) or REASONS.get(name, "")
