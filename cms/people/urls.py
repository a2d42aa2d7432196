"""Addresses of accounts: ours, then allauth's. A view of ours stands at an address of theirs, under their name."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("login/", views.login),
    path("signup/", views.sign_up),
    path("email/", views.change_email),
    path("password/change/", views.change_password),
    path("password/set/", views.set_password),
    path("reauthenticate/code/", views.ReauthenticateByCodeView.as_view(), name="account_reauthenticate_by_code"),
    path("confirm-email/", views.ConfirmAddressView.as_view()),
    path("login/code/", views.starts_anew(views.RequestLoginCodeView.as_view())),
    path("login/code/confirm/", views.ConfirmLoginCodeView.as_view()),
    path("", include("allauth.account.urls")),
]
