"""allauth's views, where ours do more."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import send_unknown_account_mail
from allauth.account.views import ConfirmEmailVerificationCodeView as EmailCodeView
from allauth.account.views import ConfirmLoginCodeView as LoginCodeView
from django import forms
from django.http import HttpResponse


class ConfirmAddressView(EmailCodeView):
    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        """Another mail to those, too, who get no code because they have an account: time must not tell."""
        if self._process.user is None:
            get_adapter().send_account_already_exists_mail(self._process.email)
        return super()._resend_form_valid(form)


class ConfirmLoginCodeView(LoginCodeView):
    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        """Another mail to those, too, who get no code because they have no account: time must not tell."""
        if self._process.user is None:
            send_unknown_account_mail(self.request, self._process.state["email"])
        return super()._resend_form_valid(form)
