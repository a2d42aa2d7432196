"""Addresses of accounts: ours, then allauth's. A view of ours stands at an address of theirs, under their name."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("confirm-email/", views.ConfirmAddressView.as_view()),
    path("login/code/confirm/", views.ConfirmLoginCodeView.as_view()),
    path("", include("allauth.account.urls")),
]
