"""Nobody who answers the five questions is ever told “none”: tried with every way of answering them."""

import itertools
import json
from dataclasses import dataclass, field

import pytest

from home.demo.content import FILE
from home.registration.register_finder import MOST, QUESTIONS, Standing, find_level, read_answers, recommend


@dataclass(eq=False)
class Register:
    letters: str
    works: list[str] = field(default_factory=lambda: ["science"])
    standing: int = 1
    asks_no_papers: bool = False


def thirteen() -> list[Register]:
    titles = json.loads(FILE.read_text(encoding="utf-8"))["registration"]["titles"]
    return [Register(one["postnominal"], one["works"], one["rung"], one["no_papers"]) for one in titles]


ALL = [
    dict(zip([question.key for question in QUESTIONS], chosen, strict=True))
    for chosen in itertools.product(*([option.key for option in question.options] for question in QUESTIONS))
]
PLAIN = {"work": "science", "years": "long", "own": "own", "also": "none", "papers": "none"}


def letters(registers: list[Register], **answers: str) -> list[tuple[str, str]]:
    return [(pick.register.letters, pick.reason) for pick in recommend(PLAIN | answers, registers)]


def test_every_way_of_answering_finds_one_to_three_registers() -> None:
    assert len(ALL) == 6 * 3 * 4 * 5 * 5
    registers = thirteen()
    assert len(registers) == 13
    for answers in ALL:
        found = [pick.register.letters for pick in recommend(answers, registers)]
        assert 1 <= len(found) <= MOST, answers
        assert len(set(found)) == len(found), answers


def test_one_register_of_any_kind_is_enough() -> None:
    for register in thirteen():
        for answers in ALL:
            assert [pick.register for pick in recommend(answers, [register])] == [register], (register, answers)


def test_without_registers_there_is_nothing_to_show() -> None:
    assert recommend(PLAIN, []) == []


def test_the_first_register_is_one_whose_step_the_reader_has_reached_where_there_is_one() -> None:
    registers = thirteen()
    for answers in ALL:
        main = recommend(answers, registers)[0].register
        suiting = [one for one in registers if answers["work"] in one.works and "teaching" not in one.works]
        reached = [one.standing for one in suiting if one.standing <= find_level(answers)]
        assert main in suiting, answers
        assert main.standing == max(reached, default=min(one.standing for one in suiting)), answers


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"own": "directed"}, [("RSciTech", "main"), ("RSci", "later")]),
        ({"own": "guiding"}, [("RSci", "main"), ("CSci", "later")]),
        ({"own": "leading"}, [("CSci", "main")]),
        ({"own": "leading", "also": "teaching"}, [("CSci", "main"), ("CSciTeach", "also")]),
        ({"own": "directed", "also": "teaching"}, [("RSciTech", "main"), ("RSci", "later")]),
        ({"own": "leading", "years": "new"}, [("RSci", "main"), ("CSci", "later")]),
        ({"own": "directed", "also": "digital"}, [("RSciTech", "main"), ("RITTech", "also"), ("RSci", "later")]),
        (
            {"work": "digital", "own": "directed"},
            [("RITTech", "main"), ("ICTTech", "equal"), ("Advanced RITTech", "later")],
        ),
        (
            {"work": "digital", "own": "directed", "papers": "degree"},
            [("ICTTech", "main"), ("RITTech", "equal"), ("Advanced RITTech", "later")],
        ),
        ({"work": "environment", "also": "environment"}, [("REnvP", "main"), ("CEnv", "later")]),
        (
            {"work": "creative", "own": "directed"},
            [("RSciTech", "main"), ("EngTech", "equal"), ("RSci", "later")],
        ),
    ],
)
def test_what_people_are_shown(answers: dict, expected: list) -> None:
    assert letters(thirteen(), **answers) == expected


def test_a_register_beside_is_not_far_above_or_below() -> None:
    far = Register("CEnv", ["environment"], Standing.LEADING)
    assert letters([Register("RSciTech"), far], own="directed", also="environment") == [("RSciTech", "main")]


def test_only_answers_count() -> None:
    assert read_answers({"work": "science", "years": "forever", "x": "1", "own": ""}) == {"work": "science"}
