from django.core.management.base import BaseCommand

from cms.jobs.periodic import tend


class Command(BaseCommand):
    help = "The one timer job: opens, hangs, expires, retries, sweeps, sends. Run it every minute."

    def handle(self, *args: object, **options: object) -> None:
        done = {what: number for what, number in tend().items() if number}
        self.stdout.write(", ".join(f"{what}: {number}" for what, number in done.items()) or "Nothing to do.")
