"""allauth's views, where ours do more."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account import app_settings
from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.signup import send_unknown_account_mail
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import ConfirmEmailVerificationCodeView as EmailCodeView
from allauth.account.views import ConfirmLoginCodeView as LoginCodeView
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.generic import TemplateView

from .account_forms import CodeRequestForm


class ConfirmAddressView(EmailCodeView):
    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        """Another mail to those, too, who get no code because they have an account: time must not tell."""
        if self._process.user is None:
            get_adapter().send_account_already_exists_mail(self._process.email)
        return super()._resend_form_valid(form)


class RequestLoginCodeView(allauth_views.RequestLoginCodeView):
    def form_valid(self, form: CodeRequestForm) -> HttpResponse:
        form.choose_end(self.request)
        return super().form_valid(form)


class ConfirmLoginCodeView(LoginCodeView):
    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        """Another mail to those, too, who get no code because they have no account: time must not tell."""
        if self._process.user is None:
            send_unknown_account_mail(self.request, self._process.state["email"])
        return super()._resend_form_valid(form)


def proved_lately(request: HttpRequest) -> bool:
    """Whether this session has seen the person's password, or a code sent to them, within the last minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def asks_again(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Before what the account is entered with can change: a session left open is not its owner."""

    @wraps(view)
    def ask(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated or proved_lately(request):
            return view(request, *args, **kwargs)
        way = "account_reauthenticate" if request.user.has_usable_password() else "account_reauthenticate_by_code"
        return HttpResponseRedirect(f"{reverse(way)}?{urlencode({'next': request.path})}")

    return ask


def starts_anew(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A sign-up that waits for its code must not stand in the way of whoever would rather sign in."""

    @wraps(view)
    def start(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            clear_login(request)
        return view(request, *args, **kwargs)

    return start


login = starts_anew(allauth_views.login)
sign_up = starts_anew(allauth_views.signup)
change_email = asks_again(allauth_views.email)
change_password = asks_again(allauth_views.password_change)
set_password = asks_again(allauth_views.password_set)


@method_decorator(login_required, name="dispatch")
class ReauthenticateByCodeView(TemplateView):
    """Signing out and in again by code: for those without a password, and those who forgot it."""

    template_name = "account/reauthenticate_by_code.html"

    def get_context_data(self, **kwargs: object) -> dict:
        then = urlencode({"next": self.request.GET.get("next", "")})
        return super().get_context_data(**kwargs) | {"then": f"{reverse('account_request_login_code')}?{then}"}
