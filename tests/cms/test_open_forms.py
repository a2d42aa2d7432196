"""Counting forms, in whatever cache there is, and by the address that is really the sender's."""

import pytest
from django.test import RequestFactory

from cms.core.open_forms import client_address, is_too_often


def test_the_count_is_kept_for_its_window_whatever_the_cache_would_do(settings, tmp_path):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path), "TIMEOUT": 0}}
    assert [is_too_often("report", "192.0.2.7", most=2) for _ in range(3)] == [False, False, True]
    assert not is_too_often("report", "192.0.2.8", most=2)
    assert not is_too_often("mentoring", "192.0.2.7", most=2)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first is only what the client claims
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, seen):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == seen
