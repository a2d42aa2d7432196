from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from cms.core.interfaces import page_context
from cms.core.models import StandfirstPage
from home.registration.models.register_page import RegisterPage
from home.registration.models.registration_hub_page import RegistrationHubPage
from home.registration.register_finder import QUESTIONS, FinderQuestion, Recommendation, read_answers, recommend


class RegisterFinderPage(StandfirstPage):
    """“Which register fits me?” Answers stand in the address and nowhere else: nothing is kept, the browser's back
    works, and the same address is the same page for everyone.

    `?work=science&years=long` shows the first question without an answer; `&ask=years` shows that one again.
    """

    listed_as = "Registration"
    max_count_per_parent = 1
    parent_page_types = ["registration.RegistrationHubPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "which register fits me?"

    def get_template(self, request, *args, **kwargs) -> str:
        return "registration/register_finder_page.html" if _asking(request) else "registration/register_result.html"

    def get_context(self, request, *args, **kwargs):
        answers = read_answers(request.GET)
        question = _asking(request)
        shown = self.question(question, answers) if question else self.result(answers)
        return super().get_context(request, *args, **kwargs) | shown | {"answers": self.answered(answers)}

    def question(self, question: FinderQuestion, answers: dict[str, str]) -> dict[str, Any]:
        number = QUESTIONS.index(question)
        before = QUESTIONS[number - 1] if number else None
        return {
            "question": question,
            "number": number + 1,
            "of": len(QUESTIONS),
            "chosen": answers.get(question.key, ""),
            "kept": {key: value for key, value in answers.items() if key != question.key},
            "back": self._link(answers, ask=before.key) if before else "",
        }

    def result(self, answers: dict[str, str]) -> dict[str, Any]:
        hub = RegistrationHubPage.objects.filter(path=self.path[: -self.steplen]).first()
        registers = list(RegisterPage.objects.sibling_of(self).shown())
        picks = recommend(answers, registers)
        shown = [
            {
                "register": pick.register,
                "reason": pick.reason,
                "distance": pick.distance,
                "routes": pick.register.routes_by_experience,
                "example": next((block.value for block in pick.register.examples if block.value["person"]), None),
                "mentor": next(iter(hub.mentors_for(pick.register, registers)), None) if hub else None,
            }
            for pick in picks
        ]
        return {
            "hub": hub,
            "picks": shown,
            "given": answers,
            "back": self._link(answers, ask=QUESTIONS[-1].key),
            "other_example": None if any(pick["example"] for pick in shown) else _example(picks, registers),
        }

    def answered(self, answers: dict[str, str]) -> list[dict[str, str]]:
        """What was answered, in words, each with the address that asks it again."""
        words = {question.key: {option.key: option.words for option in question.options} for question in QUESTIONS}
        return [
            {
                "short": question.short,
                "words": words[question.key][answers[question.key]],
                "again": self._link(answers, ask=question.key),
            }
            for question in QUESTIONS
            if question.key in answers
        ]

    def _link(self, answers: dict[str, str], *, ask: str) -> str:
        return f"{self.address}?{urlencode({**answers, 'ask': ask})}"


@page_context(RegistrationHubPage)
def door_to_finder(hub: RegistrationHubPage, request: HttpRequest) -> dict[str, Any]:
    return {"finder": RegisterFinderPage.objects.child_of(hub).live().public().first()}


def _example(
    picks: list[Recommendation[RegisterPage]], registers: list[RegisterPage]
) -> tuple[RegisterPage, dict] | None:
    """A worked example of another register, the nearest in kind to the best pick."""
    if not picks:
        return None
    best = picks[0].register
    nearest = sorted(
        registers,
        key=lambda one: (one.authority_id != best.authority_id, not set(one.works) & set(best.works)),
    )
    found = ((one, block.value) for one in nearest for block in one.examples if block.value["person"])
    return next(found, None)


def _asking(request) -> FinderQuestion | None:
    """The question to show: the one asked for, or the first without an answer; None when all are answered."""
    answers = read_answers(request.GET)
    asked = request.GET.get("ask")
    for question in QUESTIONS:
        if question.key == asked:
            return question
    return next((question for question in QUESTIONS if question.key not in answers), None)
