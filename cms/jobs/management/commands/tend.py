from django.core.management.base import BaseCommand, CommandError

from cms.core.outages import in_a_line, is_outage
from cms.jobs.periodic import tend


class Command(BaseCommand):
    help = "The one timer job: opens, hangs, expires, retries, sweeps, sends. Run it every minute."

    def handle(self, *args: object, **options: object) -> None:
        try:
            done = {what: number for what, number in tend().items() if number}
        except Exception as problem:
            if is_outage(problem):
                raise CommandError(f"Nothing could be looked after. {in_a_line(problem)}") from problem
            raise
        self.stdout.write(", ".join(f"{what}: {number}" for what, number in done.items()) or "Nothing to do.")
