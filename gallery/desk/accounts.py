"""Signing up: who may, and the one name we ask for. Signing in is django-allauth's, for desk and admin alike."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from cms.people.models import User
from gallery.models.exhibitions import ExhibitionPage


def welcome_domains() -> set[str] | None:
    """E-mail domains that may sign up now; None means any."""
    now = timezone.now()
    open_calls = ExhibitionPage.objects.live().filter(opens_at__lte=now, closes_at__gt=now)
    lists = list(open_calls.values_list("email_domains", flat=True))
    if any(not domains.strip() for domains in lists):
        return None
    return {domain.strip().lower() for domains in lists for domain in domains.split(",") if domain.strip()}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        domains = welcome_domains()
        return domains is None or bool(domains)

    def clean_email(self, email: str) -> str:
        email = super().clean_email(email).lower()
        domains = welcome_domains()
        if domains is not None and email.rpartition("@")[2] not in domains:
            listed = " or ".join(sorted(domains))
            raise ValidationError(f"Please use your work address, which ends in {listed}.")
        return email


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=120,
        label="Your name",
        help_text="As you would like it to stand beside your photographs.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
