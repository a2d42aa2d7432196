from django import forms

from cms.core.open_forms import OpenForm
from cms.core.person_names import PersonNameField
from cms.people.models import Department
from home.applications.models.mentoring import Role


class MentoringForm(OpenForm):
    role = forms.ChoiceField(
        label="Which is it?",
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose one: a mentor for you, or you as a mentor."},
    )
    name = PersonNameField()
    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="If we find somebody, each of you gets the other’s name and address. Nobody gets anything else.",
        error_messages={
            "required": "Please give us an address, so that we can answer.",
            "invalid": "That address is not complete. Please check it.",
        },
    )
    department = forms.ModelChoiceField(
        label="Where you work",
        queryset=Department.objects.all(),
        required=False,
        empty_label="I would rather not say",
    )
    hopes = forms.CharField(
        label="What would you like from it?",
        max_length=2000,
        help_text="Two or three sentences are plenty. A mentor says what they could help with.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Please tell us in a sentence or two. It is what we match people by."},
    )
    topics = forms.CharField(
        label="A few words for it, if they come to mind",
        max_length=200,
        required=False,
        help_text="Such as “registration” or “becoming a supervisor”.",
    )
    avoid = forms.CharField(
        label="Anybody you would rather not be matched with?",
        max_length=300,
        required=False,
        help_text="Your manager, say. You need not give a reason, and only the co-ordinator reads it.",
    )
