"""Editors cannot take a wall away from under its photographs."""

import pytest
from django.urls import reverse

from gallery.models.exhibitions import ExhibitionPage
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db


def unpublish(client, page, bulk: bool):
    if bulk:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        return client.post(f"{address}?id={page.pk}", follow=True)
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), follow=True)


@pytest.mark.parametrize("bulk", [False, True])
def test_an_edition_with_photographs_stays_published(client, bulk):
    client.force_login(administrator())
    page = make_exhibition(title="Steady Hands")
    make_exhibit(page)
    answer = unpublish(client, page, bulk)
    assert "“Steady Hands” has photographs on its wall." in answer.content.decode()
    assert ExhibitionPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("bulk", [False, True])
def test_an_empty_edition_can_be_unpublished(client, bulk):
    client.force_login(administrator())
    page = make_exhibition()
    unpublish(client, page, bulk)
    assert not ExhibitionPage.objects.get(pk=page.pk).live
