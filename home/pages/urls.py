from django.urls import path

from home.pages.landing import land

urlpatterns = [path("desk/start/", land, name="landing")]
