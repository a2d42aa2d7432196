"""`/demo/`: what this is, six things to try, and the mailbox."""

from django.urls import path

from home.demo import views

app_name = "demo"

urlpatterns = [
    path("demo/", views.index, name="index"),
    path("demo/sign-in/", views.sign_in, name="sign-in"),
    path("demo/mail/", views.mails, name="mails"),
    path("demo/mail/<str:file>/<int:place>/", views.mail, name="mail"),
]
