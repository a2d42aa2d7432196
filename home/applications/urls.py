"""Forms for people without an account. Included before Wagtail's pages."""

from django.urls import path

from home.applications.views import lists, mentoring

app_name = "applications"

urlpatterns = [
    path("forms/mentoring/", mentoring.MentoringView.as_view(), name="mentoring"),
    path("forms/mentoring/thanks/", mentoring.thanks, name="mentoring-thanks"),
    path("forms/network/", lists.NetworkView.as_view(), name="network"),
    path("forms/network/thanks/", lists.look_in_your_mail),
    path("forms/network/confirm/", lists.NetworkConfirmView.as_view()),
    path("forms/network/leave/", lists.NetworkLeaveView.as_view()),
    path("forms/tell-me/", lists.InterestView.as_view(), name="tell-me"),
    path("forms/tell-me/thanks/", lists.look_in_your_mail),
    path("forms/tell-me/confirm/", lists.InterestConfirmView.as_view()),
]
