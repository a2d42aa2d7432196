"""Signing up: who may, and the one name we ask for. Signing in is django-allauth's, for desk and admin alike."""

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as account_context
from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from cms.core.models import PortalSettings
from cms.core.person_names import PersonNameField
from cms.mail.writing import post

from . import limits
from .models import User

CODE_LASTS = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


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
        "too_many_mails": "We have sent several mails to this address. Please look for them, also among the "
        "unwanted ones, or try again later.",
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

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Owed like every other mail, so that nobody waits at the door for a mail server that is silent, or sees
        an error because it is away. A code is sent as long as it opens something."""
        request, now = account_context.request, timezone.now()
        facts = {"request": request, "email": email, "current_site": get_current_site(request)}
        mail = self.render_mail(template_prefix, email, facts | context)
        until = now + CODE_LASTS if "code" in context else None
        with transaction.atomic():
            post(to=email, subject=mail.subject, body=mail.body, now=now, user=context.get("user"), until=until)

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

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        response = super().post_login(request, user, **facts)
        limits.remember_browser(request, response, user)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return limits.whose_guesses(request, credentials["email"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        self._stranger_usage = None
        if not limits.is_known_browser(request, credentials["email"]):
            self._stranger_usage = ratelimit.consume(
                request,
                app="allauth.account",
                action="login_failed_anywhere",
                key=credentials["email"].lower(),
            )
            if not self._stranger_usage:
                raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._stranger_usage:
            self._stranger_usage.rollback()

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
