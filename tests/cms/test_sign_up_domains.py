"""Whose e-mail addresses may sign up, as typed into the settings."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from cms.core.models import PortalSettings
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db

REFUSED = "is no domain. Please write what comes after the @, as in calderwick.example."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" , ;", ""),
        ("calderwick.example", "calderwick.example"),
        ("@Calderwick.EXAMPLE", "calderwick.example"),
        (" a.example ,b.example;  @ c.example\n", "a.example, b.example, c.example"),
        ("a.example. a.example", "a.example"),
        ("staff.calderwick.example,münchen.example", "staff.calderwick.example, münchen.example"),
    ],
)
def test_slips_of_the_pen_are_put_right(typed, kept):
    portal = PortalSettings(site=Site.objects.get(), sign_up_domains=typed)
    portal.full_clean()
    assert portal.sign_up_domains == kept
    assert ", ".join(portal.welcome_domains) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "calderwick",
        "ann@calderwick.example",
        "https://calderwick.example",
        "*.example",
        "-a.example",
        "a_b.example",
    ],
)
def test_what_is_no_domain_is_refused_with_a_sentence(wrong):
    portal = PortalSettings(site=Site.objects.get(), sign_up_domains=f"partner.example, {wrong}")
    with pytest.raises(ValidationError) as refused:
        portal.full_clean()
    assert refused.value.message_dict == {"sign_up_domains": [f"“{wrong}” {REFUSED}"]}


def test_they_are_set_on_the_settings_screen(client):
    client.force_login(administrator())
    address = f"/admin/settings/core/portalsettings/{Site.objects.get().pk}/"
    assert 'type="text" name="sign_up_domains"' in client.get(address).content.decode()
    typed = {"institution": "Calderwick", "links-count": "0", "accolades-count": "0"}
    refused = client.post(address, typed | {"sign_up_domains": "calder wick.example"}).content.decode()
    assert f"“calder” {REFUSED}" in refused
    assert PortalSettings.objects.filter(sign_up_domains="").count() == 1
    client.post(address, typed | {"sign_up_domains": "@calderwick.example"})
    assert PortalSettings.objects.get().sign_up_domains == "calderwick.example"
