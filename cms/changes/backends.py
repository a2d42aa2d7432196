"""Wagtail's backends for caches in front of a site, but for one thing: they raise when the cache does not listen.

Wagtail's own write it in the log and return, so that whoever called cannot try again.
"""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from wagtail.contrib.frontend_cache import backends

#: A cache that does not answer holds up the other jobs that are to be done soon.
PATIENCE_SECONDS = 10


class NotPurged(Exception):
    """The cache answered, but did not do it."""


class HTTPBackend(backends.HTTPBackend):
    """PURGE requests, as Varnish, Squid and nginx take them. What is not in the cache (404) need not be purged."""

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        address = parts._replace(scheme=self.cache_scheme, netloc=self.cache_netloc).geturl()
        answer = requests.request("PURGE", address, headers={"Host": parts.netloc}, timeout=PATIENCE_SECONDS)
        if answer.status_code != 404:
            answer.raise_for_status()


class CloudflareBackend(backends.CloudflareBackend):
    def _purge_urls(self, urls: list[str]) -> None:
        headers = {"Authorization": f"Bearer {self.cloudflare_token}"}
        answer = requests.post(
            self.cloudflare_purge_endpoint_url, json={"files": urls}, headers=headers, timeout=PATIENCE_SECONDS
        )
        answer.raise_for_status()
        if not answer.json().get("success"):
            raise NotPurged("Cloudflare refused it.")


class CloudfrontBackend(backends.CloudfrontBackend):
    def _create_invalidation(self, distribution_id: str, paths: list[str]) -> Any:
        batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": str(uuid4())}
        return self.client.create_invalidation(DistributionId=distribution_id, InvalidationBatch=batch)
