from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from cms.core.text import clean

from .questions import ANSWER_CHARACTERS, QUESTIONS, in_order, paired

FIELDS = {"email", "name", "is_superuser", "groups"}


class PortalUserCreationForm(UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PortalUserEditForm(UserEditForm):
    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        fields = FIELDS | {"is_active"}
        widgets = {"groups": forms.CheckboxSelectMultiple}


class AnswersWidget(forms.MultiWidget):
    """The six questions, each with a box for its answer."""

    template_name = "people/widgets/answers.html"
    use_fieldset = True

    def __init__(self, attrs: dict | None = None) -> None:
        box = {"rows": 2, "maxlength": ANSWER_CHARACTERS}
        super().__init__([forms.Textarea(box) for _ in QUESTIONS], attrs)

    def decompress(self, value: list | None) -> list[str]:
        return in_order(value or [])

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        # Stored pairs are a list as well: Django would take it for one value a box.
        typed = isinstance(value, list) and all(isinstance(one, str | None) for one in value)
        context = super().get_context(name, value if typed else self.decompress(value), attrs)  # type: ignore[arg-type]
        for question, subwidget in zip(QUESTIONS, context["widget"]["subwidgets"], strict=True):
            subwidget["question"] = question
        return context


class AnswersField(forms.MultiValueField):
    """Pairs of question and answer, as they are stored."""

    widget = AnswersWidget

    def __init__(self, **options: Any) -> None:
        boxes = [forms.CharField(required=False) for _ in QUESTIONS]
        super().__init__(boxes, **({"required": False, "require_all_fields": False} | options))

    def compress(self, values: list[str]) -> list[list[str]]:
        long = [
            question
            for question, answer in zip(QUESTIONS, values, strict=False)
            if answer and len(answer.replace("\r\n", "\n")) > ANSWER_CHARACTERS
        ]
        if long:
            raise forms.ValidationError(
                [f"Please shorten “{question}” to {ANSWER_CHARACTERS} characters." for question in long]
            )
        return paired([clean(answer or "").strip() for answer in values]) if values else []

    def has_changed(self, initial: object, data: object) -> bool:
        return in_order(initial or []) != list(data or [""] * len(QUESTIONS))  # type: ignore[call-overload, arg-type]


class LinesField(forms.Field):
    """A list of short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})
    most, longest = 12, 60

    def to_python(self, value: object) -> list[str]:
        lines = value if isinstance(value, list) else clean(str(value or "")).splitlines()
        return [line for line in (" ".join(line.split()) for line in lines) if line]

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(f"Please choose the {self.most} that matter most.")
        if any(len(line) > self.longest for line in value):
            raise forms.ValidationError(f"Please keep each line to {self.longest} characters.")


class TechnicianForm(WagtailAdminModelForm):
    answers = AnswersField(label="Six questions", help_text="The same for everybody. Leave any of them empty.")
    skills = LinesField(required=False, help_text="One a line, as people would ask for it.")
