"""`/metrics`: for Prometheus, and for the addresses that settings allow. For everybody else it does not exist.

What requests did is counted by each web process and summed up here (`gunicorn.conf.py`); the rest is read from the
rows when it is asked for.
"""

import datetime as dt
import logging
import os
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cms.changes.models import Purge
from cms.core.outages import in_a_line, is_outage
from cms.jobs.registry import name_of
from cms.mail.models import Message

from . import sections, state

log = logging.getLogger(__name__)
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

REQUESTS = Counter("portal_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "portal_http_request_seconds",
    "How long answers took.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


class CountingMiddleware:
    """Counts by the name of an address, never by the address: there are as many names as the code has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.view_name or match.route or "none" if match else "none"
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(route).observe(time.perf_counter() - began)
        REQUESTS.labels(method, route, response.status_code).inc()
        return response


class StateCollector(Collector):
    """What the rows say. A database that is away takes it along, not the counts."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield from list(_gauges(timezone.now()))
        except DatabaseError as problem:
            log.error("The state could not be read. %s", in_a_line(problem), exc_info=not is_outage(problem))
        disks = GaugeMetricFamily("portal_disk_free_bytes", "Free space.", labels=["folder"])
        for disk in state.disks():
            disks.add_metric([disk.name], disk.free_bytes)
        yield disks


def _gauges(now: dt.datetime) -> Iterator[GaugeMetricFamily]:
    length = GaugeMetricFamily("portal_jobs_waiting", "Jobs that wait, by lane.", labels=["lane"])
    age = GaugeMetricFamily("portal_jobs_oldest_seconds", "How long the oldest has waited.", labels=["lane"])
    for queue, waiting in state.waiting_jobs().items():
        length.add_metric([queue.value], waiting.number)
        age.add_metric([queue.value], (now - waiting.oldest).total_seconds() if waiting.oldest else 0)
    yield from (length, age)

    signs = GaugeMetricFamily(
        "portal_worker_silent_seconds", "Since a worker that serves the lane was heard of.", labels=["lane"]
    )
    for queue, seen_at in state.last_signs().items():
        signs.add_metric([queue.value], (now - seen_at).total_seconds())
    yield signs

    failed = GaugeMetricFamily("portal_jobs_failed", "Jobs that failed, lately.", labels=["job"])
    numbers: dict[str, int] = {}
    for job in DBTaskResult.objects.failed().only("task_path", "args_kwargs"):
        kind = name_of(job).rstrip("0123456789 ")
        numbers[kind] = numbers.get(kind, 0) + 1
    for kind, number in numbers.items():
        failed.add_metric([kind], number)
    yield failed

    mails = GaugeMetricFamily("portal_mails", "Mails not sent yet.", labels=["state"])
    counted = Message.objects.unsent().aggregate(
        owed=Count("pk", filter=Q(given_up_at=None)), given_up=Count("pk", filter=~Q(given_up_at=None))
    )
    for name, number in counted.items():
        mails.add_metric([name], number)
    yield mails
    since = Message.objects.standing_since(now)
    yield GaugeMetricFamily(
        "portal_mails_standing_seconds",
        "How long the oldest has waited, if no mail has gone out for a quarter of an hour.",
        value=(now - since).total_seconds() if since else 0,
    )
    yield GaugeMetricFamily("portal_purges_owed", "Purges a cache in front is owed.", value=Purge.objects.count())

    _, good = state.last_backups()
    made = GaugeMetricFamily("portal_backup_age_seconds", "Since the last good backup began.", labels=[])
    size = GaugeMetricFamily("portal_backup_bytes", "Size of the last good backup.", labels=[])
    if good is not None:
        made.add_metric([], (now - good.started_at).total_seconds())
        size.add_metric([], good.bytes)
    yield from (made, size)

    wrong = GaugeMetricFamily("portal_needs_a_hand", "What the Operation screen calls wrong.", labels=["section"])
    for one in sections.all_sections(now):
        wrong.add_metric([one.heading], one.wrong)
    yield wrong


def metrics(request: HttpRequest) -> HttpResponse:
    if not _is_allowed(request):
        raise Http404
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    text = generate_latest(registry) + generate_latest(STATE)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


STATE = CollectorRegistry()
STATE.register(StateCollector())


def _is_allowed(request: HttpRequest) -> bool:
    """By where the request came from before the proxies we trust. One that has passed fewer is nobody's."""
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    chain = [*passed, request.META.get("REMOTE_ADDR", "")]
    if len(chain) <= settings.TRUSTED_PROXIES:
        return False
    try:
        address = ip_address(chain[-1 - settings.TRUSTED_PROXIES])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings.METRICS_ALLOWED)
