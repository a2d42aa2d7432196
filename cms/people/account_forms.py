"""allauth's forms, where ours ask or check more."""

from allauth.account.forms import ResetPasswordForm, SignupForm
from allauth.account.internal.userkit import filter_users_by_email
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from .models import User
from .proof import keep_until_proved


class SignUpForm(SignupForm):
    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Hashes the password whether or not the address has an account: the time tells nobody which it was."""
        password = make_password(self.cleaned_data["password1"])
        user, response = super().try_save(request)
        keep_until_proved(request, user, password)
        return user, response


class ForgottenPasswordForm(ResetPasswordForm):
    def clean_email(self) -> str:
        """The address is looked up, not given to anybody: whatever it ends in will do."""
        email = self.cleaned_data["email"]
        self.users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        return email
