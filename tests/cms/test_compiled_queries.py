"""A query that was compiled once answers what its queryset would."""

import pytest
from django.db.models import CharField, F

from cms.core.compiled_queries import CompiledQuery, Param
from gallery.models.exhibits import Exhibit
from tests.factories.entries import make_entry

pytestmark = pytest.mark.django_db


def test_objects_are_those_of_the_queryset_with_what_it_selects_defers_and_annotates(django_assert_num_queries):
    make_entry("hung")
    key = make_entry("hung").public_id
    asked = Exhibit.objects.select_related("exhibition").defer("card").annotate(across=F("width"))
    with django_assert_num_queries(1):
        (found,) = CompiledQuery(asked.filter(pk=Param("key", CharField()))).objects(key=key)
        assert (found.exhibition.slug, found.across) == (found.path.split("/")[2], found.width)
    expected = asked.get(pk=key)
    assert found.get_deferred_fields() == expected.get_deferred_fields() == {"card"}
    names = [field.attname for field in Exhibit._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(expected, name) for name in names]
