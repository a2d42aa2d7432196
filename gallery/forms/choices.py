"""The entry form's choices in plain words."""

from dataclasses import dataclass

from django.db import models

from gallery.enums import CreditName, Licence


@dataclass(frozen=True)
class Option:
    """One choice: what is sent, what is read, and a sentence that helps to choose."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Question:
    label: str
    help: str


def options(choices: type[models.TextChoices]) -> list[Option]:
    return [Option(value, label) for value, label in choices.choices]


LICENCE_WORDS = [
    Option(
        Licence.EXHIBITION_ONLY.value,
        "Only this exhibition",
        "We show it here, in the archive and in news about the exhibition, with your credit. "
        "Other sites may show it with a link to its page here; for anything else they have to ask you first.",
    ),
    Option(
        Licence.CC_BY_NC_SA.value,
        "Anyone, but not to make money",
        "Others may copy, share and change it if they name you, earn nothing by it and share their version the "
        "same way. (CC BY-NC-SA 4.0)",
    ),
    Option(
        Licence.CC_BY.value,
        "Anyone, for anything",
        "Others may copy, share, change and sell it as long as they name you. (CC BY 4.0)",
    ),
]

CREDIT_WORDS = [
    Option(CreditName.FULL.value, "My full name"),
    Option(CreditName.ROLE.value, "My job title, not my name"),
    Option(CreditName.WITHHELD.value, "Neither", "Only the university is named."),
]

#: A sentence for each clearance: what we mean, and what goes wrong.
CLEARANCE_QUESTIONS = {
    "clear_people": Question(
        "Has everyone recognisable said yes themselves?",
        "Ask before you send, away from their boss. What goes wrong: somebody meets their own face on a poster "
        "and was never asked.",
    ),
    "clear_place": Question(
        "Does whoever runs the space know?",
        "A word with the lab manager or supervisor is enough. What goes wrong: door codes or a closed area end up "
        "on a screen in the foyer.",
    ),
    "clear_safety": Question(
        "Are people wearing what the work requires?",
        "Coat fastened, eyes covered, gloves, closed shoes, nothing blocked. You too, behind the camera. What "
        "goes wrong: one pair of missing goggles, and the whole picture has to come down.",
    ),
    "clear_confidential": Question(
        "Is there nothing in it that should stay private?",
        "No screens, passes, barcodes, labels, patients or partner logos, and nothing new that is not public yet. "
        "What goes wrong: zoomed in, a sample label gives a name away.",
    ),
    "clear_rights": Question(
        "Did you take it yourself, without an image generator?",
        "Cropping, straightening, exposure, colour and dust are fine. Adding or removing things is not. What goes "
        "wrong: somebody else’s picture, shown under your name.",
    ),
}
