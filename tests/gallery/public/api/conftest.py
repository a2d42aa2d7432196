import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.strangers import only_public_tables

ROOT = "/api/gallery/v1/"


class Api:
    """A stranger at the API: every call is watched for private tables, and remembers how many queries it took."""

    def __init__(self) -> None:
        self.client = Client()
        self.queries = 0

    def get(self, path: str, parameters: dict | None = None, **headers: str):
        with only_public_tables() as statements:
            path = path.removeprefix("https://portal.example")
            address = path if path.startswith("/") else ROOT + path
            response = self.client.get(
                address, parameters, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )
        self.queries = len(statements)
        return response

    def json(self, path: str, parameters: dict | None = None, **headers: str):
        response = self.get(path, parameters, **headers)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    def ids(self, path: str = "exhibits/", **parameters: object) -> list[str]:
        return [item["id"] for item in self.json(path, {"limit": 100, **parameters})["items"]]


@pytest.fixture
def api(db) -> Api:
    return Api()


@pytest.fixture
def refused(api) -> Callable[..., list[dict]]:
    """The errors of a call that must be refused."""

    def errors(path: str, parameters: dict | None = None) -> list[dict]:
        response = api.get(path, parameters)
        assert response.status_code == 422, (parameters, response.content)
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert (problem["status"], problem["title"]) == (422, "Bad parameter")
        return problem["errors"]

    return errors
