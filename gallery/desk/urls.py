"""The photographer's own pages. Included before Wagtail's."""

from django.urls import path

from gallery.desk import entry_form, files, profile, reports, views

app_name = "desk"

urlpatterns = [
    path("exhibitions/<slug:slug>/enter/", entry_form.enter, name="enter"),
    path("forms/report/", reports.ReportFormView.as_view(), name="report"),
    path("forms/report/thanks/", reports.thanks, name="report-thanks"),
    path("desk/", views.home, name="home"),
    path("judge/", views.judging, name="judging"),
    path("desk/details/", views.details, name="details"),
    path("desk/profile/", profile.edit, name="profile"),
    path("desk/my-data/", views.my_data, name="my-data"),
    path("desk/entries/<int:pk>/", views.entry, name="entry"),
    path("desk/entries/<int:pk>/edit/", entry_form.edit, name="edit"),
    path("desk/entries/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("desk/entries/<int:pk>/suggest/", views.suggest, name="suggest"),
    path("desk/entries/<int:pk>/start-again/", views.start_again, name="start-again"),
    path("desk/entries/<int:pk>/preview/", files.preview, name="preview"),
    path("desk/entries/<int:pk>/original/", files.original, name="original"),
]
