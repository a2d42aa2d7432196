"""Before a picture is deleted its screen says how often it is used: in settings and as a portrait, too."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Site

from cms.core.models import PortalSettings
from tests.cms.test_frame import accolade
from tests.factories.people import TechnicianFactory, administrator
from tests.images.test_library import image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("anew", [False, True])
def test_every_use_counts(anew, work, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        badge = image()
        settings = PortalSettings.for_site(Site.objects.get())
        settings.logo = badge
        settings.accolades = [("accolade", accolade(name="Signatory", badge=badge))]
        settings.save()
        TechnicianFactory(portrait=badge, profile_public=True)
    work()
    if anew:
        call_command("rebuild_references_index", verbosity=0)
    client = Client()
    client.force_login(administrator())
    page = client.get(f"/admin/images/{badge.pk}/delete/").content.decode()
    assert "This image is referenced 2 times" in page
    used = client.get(f"/admin/images/usage/{badge.pk}/").content.decode()
    assert "Logo" in used
    assert "Portrait" in used
    assert "Accolades" in used
