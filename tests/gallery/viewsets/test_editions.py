"""Editors cannot take a wall away from under its photographs."""

import pytest
from django.urls import reverse

from gallery.models.exhibitions import ExhibitionPage
from tests.factories.entries import make_entry
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


@pytest.mark.parametrize("bulk", [False, True])
def test_nor_is_it_unpublished_with_the_list_above_it(client, bulk):
    client.force_login(administrator())
    page = make_exhibition(title="Steady Hands")
    make_exhibit(page)
    above = page.get_parent()
    address = reverse("wagtailadmin_pages:unpublish", args=[above.pk])
    if bulk:
        address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'unpublish'])}?id={above.pk}"
    answer = client.post(address, {"include_descendants": "on"}, follow=True)
    assert "“Steady Hands” has photographs on its wall." in answer.content.decode()
    assert ExhibitionPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("bulk", [False, True])
@pytest.mark.parametrize("above", [False, True])
def test_what_people_have_entered_is_not_deleted_with_a_page(client, bulk, above):
    client.force_login(administrator())
    page = make_entry("draft", exhibition=make_exhibition(title="Steady Hands")).exhibition
    target = page.get_parent() if above else page
    address = reverse("wagtailadmin_pages:delete", args=[target.pk])
    if bulk:
        address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={target.pk}"
    answer = client.post(address, follow=True)
    assert "People have entered photographs in “Steady Hands”" in answer.content.decode()
    assert ExhibitionPage.objects.filter(pk=page.pk).exists()
