from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from cms.core.person_names import PersonNameField
from cms.core.text import clean

from .models import User
from .questions import ANSWER_CHARACTERS, QUESTIONS, in_order, paired

FIELDS = {"email", "name", "is_superuser", "groups"}


def account_name(help_text: str) -> PersonNameField:
    """Somebody else's: the browser would propose that of whoever types."""
    return PersonNameField(label="Name", help_text=help_text, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class AccountForm(UserForm):
    """What Wagtail's two screens have in common here: one name, and a password for whoever wants one."""

    #: Stand on a tab of their own. Everything else stands on the first, whatever a later field is called.
    ROLES = ("is_superuser", "groups")
    error_messages = UserForm.error_messages | {
        "duplicate_username": "There is already an account with this e-mail address."
    }

    first_name = None
    last_name = None
    email = forms.EmailField(label="E-mail")

    def account_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.ROLES]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, commit: bool = True) -> User:
        """The address waits for its proof, which the first code that is sent to it brings."""
        user = super().save(commit)
        if commit:
            EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
        return user


class PortalUserCreationForm(AccountForm, UserCreationForm):
    name = account_name("As it shall stand beside their work.")
    field_order = ["name", "email"]

    class Meta(UserCreationForm.Meta):
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = "You can leave it empty: they sign in with a code by e-mail."

    def save(self, commit: bool = True) -> User:
        if not self.cleaned_data["password1"]:
            self.instance.set_unusable_password()
        return super().save(commit)


class PortalUserEditForm(AccountForm, UserEditForm):
    name = account_name("As it stands beside their work.")
    field_order = ["name", "email", "password1", "password2", "is_active"]

    class Meta(UserEditForm.Meta):
        fields = FIELDS | {"is_active"}
        widgets = {"groups": forms.CheckboxSelectMultiple}
        help_texts = {
            "is_active": "Without the tick they are shut out at once, wherever they are signed in. "
            "What they have sent in stays.",
        }


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
