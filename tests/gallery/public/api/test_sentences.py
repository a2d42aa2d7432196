"""What is wrong is said in words."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query", ["q=", "q=%00", "tag=%20", "exhibition=", "photographer=a%20b", f"q={'x' * 201}", "limit=x", "order=x"]
)
def test_refusals_are_sentences_without_patterns(client, query):
    errors = client.get(f"/api/gallery/v1/exhibits/?{query}").json()["errors"]
    assert [error["parameter"] for error in errors] == [query.partition("=")[0]]
    assert not set(errors[0]["message"]) & set("^[]\\*{}"), errors
