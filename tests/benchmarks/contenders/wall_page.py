"""A wall with real exhibits on a database of its own: its first view after a hanging, and its views after that."""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

EXHIBITS = 12
ROUNDS = 5
WARM_VIEWS = 5


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'wall.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        print(json.dumps(measured()))


def measured() -> dict[str, float]:
    import shutil

    import django
    from django.conf import settings

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from tests.factories.entries import make_entry
    from tests.factories.exhibitions import make_exhibition
    from tests.factories.photos import jpeg

    call_command("migrate", verbosity=0)
    now = timezone.now()
    exhibition = make_exhibition(on_show_from=now - timezone.timedelta(days=1))
    for number in range(EXHIBITS):
        make_entry("hung", exhibition=exhibition, photo=jpeg(1600, 1067, tone=20 * number))
    client, address = Client(), exhibition.url

    def seconds() -> float:
        started = time.perf_counter()
        response = client.get(address)
        spent = time.perf_counter() - started
        assert response.status_code == 200, (address, response.status_code)
        return spent

    first, warm = [], []
    seconds()  # compiles templates, as the server has long done
    before = 0.0
    for number in range(ROUNDS):
        entry = make_entry("hung", exhibition=exhibition, photo=jpeg(1600, 1067, tone=20 * number + 10))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        first.append(seconds())
        assert entry.title in client.get(address).content.decode()
        warm += [seconds() for _ in range(WARM_VIEWS)]
    encoding = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    shutil.rmtree(settings.FILES, ignore_errors=True)
    return {"first": median(first), "warm": median(warm), "encoding": encoding, "exhibits": EXHIBITS + ROUNDS}


if __name__ == "__main__":
    sys.exit(main())
