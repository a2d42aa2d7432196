"""What somebody finds at their own account in the admin."""

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from cms.people.models import User
from tests.factories.people import administrator, co_ordinator, curator, editor, moderator
from tests.factories.photos import upload

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"


@pytest.mark.parametrize("make", [administrator, editor, moderator, curator, co_ordinator])
def test_it_asks_for_no_picture_and_no_second_name(make) -> None:
    client, user = Client(), make(name="Ada")
    client.force_login(user)
    page = client.get(ACCOUNT).content.decode()
    assert 'name="theme-theme"' in page
    for name in ("avatar-avatar", "name_email-first_name", "name_email-last_name", "password-new_password1"):
        assert f'name="{name}"' not in page
    sent = {
        "avatar-avatar": upload(),
        "name_email-first_name": "Eve",
        "name_email-last_name": "Evil",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post(ACCOUNT, sent).status_code == 302
    profile = UserProfile.objects.get(user=user)
    assert (profile.theme, profile.avatar.name) == ("dark", "")
    assert User.objects.get(pk=user.pk).name == "Ada"


def test_a_picture_from_before_breaks_no_screen() -> None:
    client, user = Client(), administrator()
    client.force_login(user)
    UserProfile.objects.create(user=user, avatar="avatar_images/me.jpg")
    for path in ("", "account/", "users/", f"users/edit/{user.pk}/", f"users/history/{user.pk}/"):
        assert client.get(f"/admin/{path}").status_code == 200, path
    assert client.get("/admin/reports/site-history/").status_code == 200


def test_the_admin_has_no_sign_in_of_its_own() -> None:
    for client in (Client(), Client()):
        answer = client.get("/admin/login/")
        assert (answer.status_code, answer.url) == (302, "/accounts/login/")
        assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302
        client.force_login(administrator())


def test_looking_at_the_way_out_does_not_sign_out() -> None:
    client = Client()
    client.force_login(administrator())
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert client.get("/admin/").status_code == 302
