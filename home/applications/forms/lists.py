from django import forms

from cms.core.open_forms import OpenForm
from cms.core.person_names import PersonNameField
from cms.people.models import Department

ADDRESS = {
    "required": "Please give us an address, so that we can answer.",
    "invalid": "That address is not complete. Please check it.",
}


class NetworkForm(OpenForm):
    name = PersonNameField()
    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We send you a link to press. If you do not, we delete what you wrote after 14 days.",
        error_messages=ADDRESS,
    )
    department = forms.ModelChoiceField(
        label="Where you work",
        queryset=Department.objects.all(),
        required=False,
        empty_label="I would rather not say",
        help_text="So that we can tell you whom to ask there.",
    )


class InterestForm(OpenForm):
    about = forms.IntegerField(widget=forms.HiddenInput)
    name = PersonNameField(required=False)
    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We send you a link to press. If you do not, we delete what you wrote after 14 days.",
        error_messages=ADDRESS,
    )
