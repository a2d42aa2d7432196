"""`/metrics` counts by names, reads the state from the rows, and does not exist for strangers."""

import datetime as dt
from ipaddress import ip_network

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.jobs.heartbeat import Heartbeat
from cms.jobs.registry import run
from cms.mail.models import Message
from cms.operation.models import Backup

pytestmark = pytest.mark.django_db


def samples(client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    lines = (line.rpartition(" ") for line in answer.content.decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def test_requests_are_counted_by_the_name_of_their_address_not_by_the_address(client):
    name = 'portal_http_requests_total{method="GET",route="search",status="200"}'
    before = samples(client)
    client.get("/search/?q=secret")
    client.generic("BREW", "/no/such/place/\0")
    after = samples(client)
    assert after[name] - before.get(name, 0) == 1
    assert after['portal_http_request_seconds_count{route="search"}'] >= 1
    assert "secret" not in str(after)
    assert "such" not in str(after)
    assert "BREW" not in str(after)


def test_the_state_is_read_from_the_rows(client):
    now = timezone.now()
    Heartbeat(lambda: [{"queue": "soon"}]).beat()
    run.enqueue("index")
    broken = run.enqueue("sweep entry", entry_id=12).db_result
    DBTaskResult.objects.filter(pk=broken.pk).update(status="FAILED", finished_at=now)
    facts = {"subject": "Hello", "body": "Hello", "created_at": now}
    Message.objects.create(to="ann@x.example", **facts)
    Message.objects.create(to="bo@x.example", given_up_at=now, **facts)
    Backup.objects.create(started_at=now - dt.timedelta(hours=8), finished_at=now, bytes=5_000_000)
    Backup.objects.create(started_at=now, finished_at=now, problem="No space left on device")
    found = samples(client)
    assert 8 * 3600 <= found["portal_backup_age_seconds"] < 8 * 3600 + 60
    assert found["portal_backup_bytes"] == 5_000_000
    assert found['portal_needs_a_hand{section="Backup"}'] == 0
    assert found['portal_jobs_waiting{lane="long"}'] == 1
    assert found['portal_jobs_waiting{lane="take-down"}'] == 0
    assert found['portal_jobs_oldest_seconds{lane="take-down"}'] == 0
    assert found['portal_worker_silent_seconds{lane="soon"}'] < 60
    assert 'portal_worker_silent_seconds{lane="long"}' not in found
    assert found['portal_jobs_failed{job="sweep entry"}'] == 1
    assert (found['portal_mails{state="owed"}'], found['portal_mails{state="given_up"}']) == (1, 1)
    assert found["portal_mails_standing_seconds"] == 0
    assert found["portal_purges_owed"] == 0
    assert found['portal_needs_a_hand{section="Mail"}'] == 1
    assert found['portal_disk_free_bytes{folder="private files"}'] > 0
    assert "example" not in str(found)


@pytest.mark.parametrize(
    ("proxies", "passed", "peer", "status"),
    [
        (0, "", "127.0.0.1", 200),
        (0, "", "::1", 200),
        (0, "", "::ffff:127.0.0.1", 200),
        (0, "", "192.0.2.7", 404),
        (0, "127.0.0.1", "192.0.2.7", 404),
        (1, "192.0.2.7", "127.0.0.1", 404),
        (1, "127.0.0.1, 192.0.2.7", "127.0.0.1", 404),
        (1, "10.1.2.3", "127.0.0.1", 200),
        (1, "", "127.0.0.1", 404),
        (1, "nonsense", "127.0.0.1", 404),
        (0, "", "", 404),
        (2, "10.1.2.3, 192.0.2.1", "127.0.0.1", 200),
        (2, "10.1.2.3", "127.0.0.1", 404),
    ],
)
def test_it_is_there_only_for_addresses_that_settings_allow(client, settings, proxies, passed, peer, status):
    settings.TRUSTED_PROXIES = proxies
    settings.METRICS_ALLOWED = [*settings.METRICS_ALLOWED, ip_network("10.1.2.0/24")]
    headers = {"x-forwarded-for": passed} if passed else {}
    answer = client.get("/metrics", headers=headers, REMOTE_ADDR=peer)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
