import unicodedata

from django import forms
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from cms.core.areas import is_private
from cms.core.open_forms import OpenForm


def own_path(text: str) -> str:
    """`text` if it is a path that a public page of ours could have, else nothing: moderators follow it."""
    plain = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    if not plain or len(text) > 500 or is_private(text):
        return ""
    return "" if any(unicodedata.category(letter).startswith("C") for letter in text) else text


def photograph_at(path: str) -> str:
    """Public id of the photograph whose page this is; empty for every other page."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return ""
    return match.kwargs["public_id"] if match.url_name == "exhibit" else ""


class ReportForm(OpenForm):
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="What is wrong?",
        max_length=2000,
        help_text="In your own words. If you are in a photograph and would rather not be, that is reason enough.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Please tell us what is wrong, in a few words.",
            "max_length": "Please keep it to 2,000 characters. You can send a second one.",
        },
    )
    email = forms.EmailField(
        label="Your e-mail address, if you would like an answer",
        required=False,
        help_text="We use it for that and nothing else.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "That address is not complete. Please check it, or leave the box empty."},
    )

    def clean_about(self) -> str:
        return own_path(self.cleaned_data["about"])
