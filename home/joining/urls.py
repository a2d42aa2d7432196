"""Forms for people without an account. Included before Wagtail's pages."""

from django.urls import path

from home.joining.views import mentoring

app_name = "joining"

urlpatterns = [
    path("forms/mentoring/", mentoring.MentoringView.as_view(), name="mentoring"),
    path("forms/mentoring/thanks/", mentoring.thanks, name="mentoring-thanks"),
]
