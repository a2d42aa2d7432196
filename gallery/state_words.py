"""What people read about the state of an entry: its photographer at the desk, the moderator after a decision.

What both call it in lists is the label of `EntryState`.
"""

from dataclasses import dataclass, replace

from cms.core.waiting import PROMISE
from gallery.enums import EntryState, HangMode


@dataclass(frozen=True)
class StateWords:
    """`tone` is one of the badge colours; without a `label` the state's own is read. Days stand in a remedy as
    `{closes}`, when the call closes, `{opens}`, when the exhibition does, and `{gone}`, when drafts are deleted."""

    tone: str
    meaning: str
    remedy: str = ""
    label: str = ""


#: For the photographer, while the call is open. What an approved photograph waits for is in `NEXT_STEP`.
STATE_WORDS = {
    EntryState.DRAFT: StateWords(
        "warn",
        "Only you can see this. It has not been sent in yet.",
        "Finish it and send it in by {closes}.",
    ),
    EntryState.IN_REVIEW: StateWords(
        "",
        f"It arrived safely. A person will look at it, usually within {PROMISE}.",
        "There is nothing you need to do. We will write to you.",
    ),
    EntryState.CHANGES_ASKED: StateWords(
        "warn",
        "We like it and would like to show it. Before we can, please change this:",
        "Change the words and send it in again.",
        label="One thing to change",
    ),
    EntryState.ON_HOLD: StateWords(
        "warn",
        "We are asking somebody. It has not been refused.",
        "There is nothing you need to do. We will write as soon as we know more.",
    ),
    EntryState.REFUSED: StateWords(
        "bad",
        "We are sorry that we cannot show it as it is:",
        "Until {closes} you can change it and send it in again, or start again with another picture.",
    ),
    EntryState.APPROVED: StateWords("good", "Everything is cleared."),
    EntryState.HUNG: StateWords(
        "good",
        "Everybody can see it, with your credit beside it.",
        "You can take it back at any time, without giving a reason.",
    ),
    EntryState.WITHDRAWN: StateWords(
        "",
        "It is not part of the exhibition. Its files are deleted.",
        "Your other photographs are not affected.",
    ),
}

#: For the photographer, once the call has closed, where that makes a difference.
AFTER_THE_CALL = {
    EntryState.DRAFT: StateWords(
        "warn",
        "This was never sent in, and the call has closed.",
        "You can still take out your words and your photograph. Nobody else sees them. We delete them on {gone}.",
    ),
    EntryState.CHANGES_ASKED: replace(
        STATE_WORDS[EntryState.CHANGES_ASKED],
        remedy="Change the words and send it in again. You can still do so now that the call has closed.",
    ),
    EntryState.REFUSED: replace(
        STATE_WORDS[EntryState.REFUSED],
        remedy="The call has closed, so it cannot be sent in again this time. We hope to see you at the next one.",
    ),
}

#: For the photographer: approved, and was on the wall before.
TAKEN_DOWN = StateWords(
    "warn",
    "We have taken it off the wall for now. It is still approved.",
    "If you have questions, please write to us.",
)

#: For the photographer: approved, and was on the wall until its exhibition’s page went.
LEFT_WITH_EDITION = StateWords(
    "good",
    "Everything is cleared. The exhibition’s page is not public at the moment.",
    "It is on the wall again as soon as the page is.",
)


@dataclass(frozen=True)
class NextStep:
    """What an approved photograph waits for."""

    for_photographer: str
    for_moderator: str


NEXT_STEP = {
    HangMode.ON_APPROVAL: NextStep(
        "It will be on the wall in a few minutes.",
        "“{title}” is approved and will be on the wall in a moment.",
    ),
    HangMode.AT_OPENING: NextStep(
        "It goes on the wall with all the others on {opens}.",
        "“{title}” is approved and will be hung when the exhibition opens.",
    ),
    HangMode.BY_CURATOR: NextStep(
        "The curators now choose what goes on the wall. We will write when they have.",
        "“{title}” is approved and waits for a curator to hang it.",
    ),
}

#: For the moderator, after each decision but approving.
DECIDED = {
    "reject": "We have asked the photographer of “{title}” for changes.",
    "hold": "“{title}” is on hold.",
    "resume": "“{title}” is back in review.",
    "refuse": "“{title}” is not accepted. The photographer has been told why.",
}
MORE_STEPS = "“{title}” goes on to the next step of the review."


def describe_decision(action: str, *, title: str, state: str, hang: str) -> str:
    """What the moderator reads about `action`, which has brought an entry of an edition that hangs as `hang` to
    `state`."""
    if action != "approve":
        words = DECIDED[action]
    elif state == EntryState.APPROVED:
        words = NEXT_STEP[HangMode(hang)].for_moderator
    else:
        words = MORE_STEPS
    return words.format(title=title)
