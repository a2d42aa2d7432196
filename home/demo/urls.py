"""`/demo/`: what this is, six things to try, what pages are made of, and the mailbox."""

from django.urls import path

from home.demo import views

app_name = "demo"

urlpatterns = [
    path("demo/", views.index, name="index"),
    path("demo/components/", views.components, name="components"),
    path("demo/sign-in/", views.sign_in, name="sign-in"),
    path("demo/mail/", views.mails, name="mails"),
    path("demo/mail/<str:file>/<int:place>/", views.mail, name="mail"),
]
