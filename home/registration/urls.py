"""Each professional body's own page. Included before Wagtail's pages."""

from django.urls import path

from home.registration import views

urlpatterns = [path("registration/bodies/<slug:slug>/", views.body)]
