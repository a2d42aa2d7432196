"""allauth's forms, where ours ask or check more."""

from allauth.account.forms import LoginForm, RequestLoginCodeForm, ResetPasswordForm, SignupForm
from allauth.account.internal.userkit import filter_users_by_email
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

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
        response = super().login(request, redirect_url)
        self.choose_end(request)
        return response


class CodeRequestForm(SharedComputer, RequestLoginCodeForm):
    pass


class SignUpForm(SharedComputer, SignupForm):
    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Hashes the password whether or not the address has an account: the time tells nobody which it was."""
        password = make_password(self.cleaned_data["password1"])
        user, response = super().try_save(request)
        keep_until_proved(request, user, password)
        self.choose_end(request)
        return user, response


class ForgottenPasswordForm(ResetPasswordForm):
    def clean_email(self) -> str:
        """The address is looked up, not given to anybody: whatever it ends in will do."""
        email = self.cleaned_data["email"]
        self.users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        return email
