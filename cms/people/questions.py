"""The six questions every profile answers, the same for everybody, so that people can be met side by side."""

from collections.abc import Iterable, Sequence

QUESTIONS = (
    "What do you do, in plain words?",
    "How did you get here?",
    "What are you quietly proud of?",
    "What goes wrong when you are on holiday?",
    "What is always in your pocket, or within reach?",
    "What should people come and ask you about?",
)
ANSWER_CHARACTERS = 400


def paired(answers: Iterable[str]) -> list[list[str]]:
    """What is stored: each answered question with its answer, in the order of the questions."""
    return [[question, answer] for question, answer in zip(QUESTIONS, answers, strict=True) if answer]


def in_order(pairs: Sequence[Sequence[str]]) -> list[str]:
    """Stored answers, one for each question; empty where there is none. Questions we no longer ask are left out."""
    known = {pair[0]: pair[1] for pair in pairs}
    return [known.get(question, "") for question in QUESTIONS]
