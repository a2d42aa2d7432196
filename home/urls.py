"""Addresses of the portal that are not pages, included before Wagtail's."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
