"""allauth's forms, where ours ask or check more."""

from allauth.account.forms import (
    AddEmailForm,
    BaseConfirmCodeForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from .limits import check_mails, check_tries
from .models import User
from .proof import keep_until_proved


class SharedComputer(forms.Form):
    shared = forms.BooleanField(
        required=False,
        label="This is a shared computer",
        help_text="Then you are signed out when you close the browser.",
    )

    def choose_end(self, request: HttpRequest) -> None:
        """Of the session: with the browser, or after the days in the settings. The choice stays with the session
        when it becomes somebody's."""
        request.session.set_expiry(0 if self.cleaned_data["shared"] else None)


class SignInForm(SharedComputer, LoginForm):
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        self.choose_end(request)
        response = super().login(request, redirect_url)
        self.choose_end(request)  # once more: allauth has its own idea of it
        return response


class CodeRequestForm(SharedComputer, RequestLoginCodeForm):
    def clean_email(self) -> str:
        email = super().clean_email()
        check_mails(context.request, email)
        return email


class SignUpForm(SharedComputer, SignupForm):
    def clean(self) -> dict:
        super().clean()
        if not self.errors:  # or a password that is too short would cost a mail
            check_mails(context.request, self.cleaned_data["email"])
        return self.cleaned_data

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Hashes the password whether or not the address has an account: the time tells nobody which it was."""
        password = make_password(self.cleaned_data["password1"])
        with transaction.atomic():  # one commit: the fewer, the less a new address takes longer
            user, response = super().try_save(request)
        keep_until_proved(request, user, password)
        self.choose_end(request)
        return user, response


class OtherAddressForm(AddEmailForm):
    def clean_email(self) -> str:
        check_mails(context.request, self.cleaned_data["email"])
        return super().clean_email()


class ForgottenPasswordForm(ResetPasswordForm):
    def clean_email(self) -> str:
        """The address is looked up, not given to anybody: whatever it ends in will do."""
        email = self.cleaned_data["email"]
        check_mails(context.request, email)
        self.users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        return email


class CountedCode(BaseConfirmCodeForm):
    def clean_code(self) -> str:
        check_tries(self.expected_code)
        return super().clean_code()


class LoginCodeForm(CountedCode, ConfirmLoginCodeForm):
    pass


class AddressCodeForm(CountedCode, ConfirmEmailVerificationCodeForm):
    pass
