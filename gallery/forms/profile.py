"""What a technician says about themselves."""

from typing import Any

from django import forms

from cms.people.forms import AnswersField, LinesField
from cms.people.models import Technician

#: Fields of the form, which are fields of the technician.
WORDS = ("profile_public", "quote", "bio", "answers", "top_tip", "skills")


class ProfileForm(forms.Form):
    profile_public = forms.BooleanField(
        required=False,
        label="Show my page",
        help_text="Everybody can then find you among the people, in the search and on your department’s page. "
        "Take the tick away and you are gone from all of them at once.",
    )
    quote = forms.CharField(
        required=False,
        max_length=300,
        label="One sentence of yours",
        help_text="It stands large. What do you always say?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Please keep it to 300 characters: it has to fit on the wall."},
    )
    bio = forms.CharField(
        required=False,
        max_length=1200,
        label="A little about you",
        help_text="Two or three sentences, as a colleague would introduce you.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Please keep it to 1,200 characters."},
    )
    answers = AnswersField(
        label="Six questions",
        help_text="The same for everybody. One line each is plenty, and you can leave any of them out.",
    )
    top_tip = forms.CharField(
        required=False,
        max_length=300,
        label="Your top tip",
        help_text="What you tell everybody in their first week.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Please keep it to 300 characters: a tip is best when it is short."},
    )
    skills = LinesField(
        required=False,
        label="What people can ask you for",
        help_text="One a line: “vacuum lines”, “risk assessment”, “getting data off old machines”.",
    )

    def __init__(self, data: Any = None, *, technician: Technician) -> None:
        super().__init__(data, initial={name: getattr(technician, name) for name in WORDS})

    def clean_quote(self) -> str:
        return " ".join(self.cleaned_data["quote"].strip(' \r\n\t“”"').split())

    def clean_bio(self) -> str:
        return self.cleaned_data["bio"].strip()

    def clean_top_tip(self) -> str:
        return " ".join(self.cleaned_data["top_tip"].split())
