"""Signing up: who may, and the one name we ask for. Signing in is django-allauth's, for desk and admin alike."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.urls import reverse

from cms.core.models import PortalSettings
from cms.core.person_names import PersonNameField

from .models import User


def welcome_domains() -> list[str]:
    """E-mail domains that may sign up; none when any may. Asked of the database: a change counts at once."""
    portal = PortalSettings.objects.filter(site__is_default_site=True).first()
    return portal.welcome_domains if portal else []


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That e-mail address and password do not go together. Please try again, or let "
        "us send you a code instead.",
        "incorrect_code": "That is not the code we sent. Please check it and try again.",
        "too_many_login_attempts": "That was tried too often. Please wait five minutes, or let us send you a code.",
        "incorrect_password": "That is not the right password. Please try again.",
        "enter_current_password": "Please type the password you use now.",
        "rate_limited": "That was a little too quick. Please wait a minute and try again.",
        "email_taken": "There is already an account with this e-mail address.",
    }

    def clean_email(self, email: str) -> str:
        """Every new address passes here, whether a new account or an old one is to have it. People who have an
        account keep it, whatever their address ends in."""
        domains = welcome_domains()
        if domains and email.rpartition("@")[2].lower() not in domains:
            listed = " or ".join(sorted(domains))
            raise forms.ValidationError(f"Please use your work address, which ends in {listed}.")
        return email

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        """Somebody who signs up. Whether the address is theirs we do not know yet, so no password opens it."""
        user.email = form.cleaned_data["email"]
        user.awaits_proof = True
        user.set_unusable_password()
        user.save()
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        user.refresh_from_db()  # the proof a moment ago may have exchanged the password
        super().login(request, user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:details")


class NameForm(forms.Form):
    """The name, for signing up and for changing it later."""

    name = PersonNameField(help_text="As you would like it to stand beside your photographs.")

    def signup(self, request: HttpRequest, user: User) -> None:
        self.rename(user)

    def rename(self, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
