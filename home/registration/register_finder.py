"""“Which register fits me?”: five plain questions, and one to three registers for every way of answering them.

Nothing here knows a register by name. Editors say on each register's page for which work it is and how much its
people decide themselves; the answers are held against that. There is always a nearest register, so nobody is
ever told “none”.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db import models


class Work(models.TextChoices):
    """Kinds of work a register is for. An editor may tick several."""

    SCIENCE = "science", "Science: samples, instruments, preparation, animals and plants"
    MAKING = "making", "Engineering: machines, structures, electronics, workshops, plant"
    DIGITAL = "digital", "Computers, networks, software, audio-visual"
    ENVIRONMENT = "environment", "Land, water, weather, waste, energy"
    CREATIVE = "creative", "Stage, studio, textiles, print, conservation"
    TEACHING = "teaching", "Teaching classes of one’s own"
    MIXED = "mixed", "A bit of everything"


class Standing(models.IntegerChoices):
    """How much people on a register decide themselves: the rung it stands on."""

    DIRECTED = 1, "Working with some direction"
    OWN = 2, "Working on their own judgement"
    GUIDING = 3, "Guiding others"
    LEADING = 4, "Leading"


@dataclass(frozen=True)
class Option:
    key: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class FinderQuestion:
    key: str
    words: str
    note: str
    options: tuple[Option, ...]
    #: What the answer is about, in the list of answers.
    short: str


QUESTIONS = (
    FinderQuestion(
        "work",
        "What is most of your week about?",
        "The nearest one will do.",
        (
            Option("science", "Samples, cells, chemicals, animals, plants, or the instruments that measure them"),
            Option("making", "Machines, structures, electronics, workshops or building plant"),
            Option("digital", "Computers, networks, software, recording or streaming"),
            Option("environment", "Land, water, weather, waste or energy"),
            Option("creative", "Stage, studio, textiles, print or conservation"),
            Option("mixed", "A bit of everything"),
        ),
        "Your work",
    ),
    FinderQuestion(
        "years",
        "How long have you done this kind of work?",
        "Anywhere counts: other employers, the forces, another country, unpaid work.",
        (
            Option("new", "Less than two years"),
            Option("some", "Two to five years"),
            Option("long", "More than five years"),
        ),
        "How long",
    ),
    FinderQuestion(
        "own",
        "On an ordinary day, who decides how you do the job?",
        "Not your grade, and not your job title. What really happens.",
        (
            Option("directed", "Mostly somebody else", "I follow methods well and ask when something is odd."),
            Option("own", "Mostly me", "I sort problems out and change how things are done."),
            Option("guiding", "Me, and I guide others", "People come to me to learn it or to have work checked."),
            Option("leading", "I lead", "A facility, a team or a method stands or falls with me."),
        ),
        "Who decides",
    ),
    FinderQuestion(
        "also",
        "Is one of these a real part of your job as well?",
        "Some people fit two registers. You need only one.",
        (
            Option("teaching", "I teach science classes myself", "Not only preparing them."),
            Option("environment", "Land, water, weather, waste or energy"),
            Option("digital", "Computers, networks or software"),
            Option("making", "Building or mending machines and instruments"),
            Option("none", "No, none of these"),
        ),
        "Also",
    ),
    FinderQuestion(
        "papers",
        "Which certificates do you have?",
        "None is a good answer. It only changes what you would send in.",
        (
            Option("none", "None that count for this"),
            Option("level3", "A levels, BTEC, T level or an apprenticeship", "Level 3"),
            Option("higher", "HNC, HND or a foundation degree", "Levels 4 and 5"),
            Option("degree", "A degree, or more than one", "Level 6 and above"),
            Option("unsure", "Not sure, or from another country"),
        ),
        "Certificates",
    ),
)
#: Without certificates to show, registers that ask for none stand first.
NO_PAPERS = frozenset({"none", "unsure"})
#: Somebody new to the work is not sent further than this, however much they decide.
NEW_REACHES = Standing.OWN
MOST = 3

Answers = Mapping[str, str]


class Register(Protocol):
    works: list[str]
    standing: int
    asks_no_papers: bool


R = TypeVar("R", bound=Register)


@dataclass(frozen=True)
class Recommendation(Generic[R]):
    register: R
    #: Why it is shown: `main`, `equal` (the same step with somebody else), `also` or `later`.
    reason: str
    #: Rungs above (or below) where the answers place the reader.
    distance: int = 0


def read_answers(asked: Mapping[str, str]) -> dict[str, str]:
    """The answers in an address. What is not an answer counts as not answered."""
    known = {question.key: {option.key for option in question.options} for question in QUESTIONS}
    return {key: asked[key] for key in known if asked.get(key) in known[key]}


def find_level(answers: Answers) -> int:
    """Where the reader stands."""
    steps: dict[str, int] = dict(zip(("directed", "own", "guiding", "leading"), Standing.values, strict=True))
    reached = steps[answers["own"]]
    return min(reached, NEW_REACHES.value) if answers["years"] == "new" else reached


def recommend(answers: Answers, registers: Sequence[R]) -> list[Recommendation[R]]:
    """One to three registers, the best first, from all there are. Empty only if there are no registers at all."""
    stands = find_level(answers)
    if answers["papers"] in NO_PAPERS:
        registers = sorted(registers, key=lambda register: not register.asks_no_papers)
    own_work = _for(answers["work"], registers, answers) or _open(registers) or list(registers)
    if not own_work:
        return []
    main = _nearest(own_work, stands)
    picks = [Recommendation(main, "main", main.standing - stands)]
    if answers["also"] not in {"none", answers["work"]}:
        side = [
            register
            for register in _for(answers["also"], registers, answers)
            if abs(register.standing - stands) <= 1 and register is not main
        ]
        if side:
            beside = _nearest(side, stands)
            picks.append(Recommendation(beside, "also", beside.standing - stands))
    rest = [register for register in own_work if all(register is not pick.register for pick in picks)]
    picks += [Recommendation(register, "equal") for register in rest if register.standing == main.standing]
    above = [register for register in rest if register.standing > main.standing]
    if above:
        next_up = min(above, key=lambda register: register.standing)
        picks.append(Recommendation(next_up, "later", next_up.standing - stands))
    return picks[:MOST]


def _for(work: str, registers: Iterable[R], answers: Answers) -> list[R]:
    """Registers for this kind of work. One for teachers is also for their subject, and only for teachers."""
    found = [register for register in registers if work in register.works]
    if work == Work.TEACHING:
        return [register for register in found if answers["work"] in register.works]
    return [register for register in found if Work.TEACHING not in register.works]


def _open(registers: Iterable[R]) -> list[R]:
    return [register for register in registers if Work.TEACHING not in register.works]


def _nearest(registers: Sequence[R], stands: int) -> R:
    """The highest rung the reader has reached, or else the lowest there is. Of equals the first."""
    reached = [register for register in registers if register.standing <= stands]
    return max(reached, key=lambda r: r.standing) if reached else min(registers, key=lambda r: r.standing)
