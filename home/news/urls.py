"""What the press reads under embargo. Included before Wagtail's pages."""

from django.urls import path

from home.news import views

urlpatterns = [
    path("desk/press/", views.waiting, name="press"),
    path("desk/press/<int:pk>/", views.preview, name="press-preview"),
]
