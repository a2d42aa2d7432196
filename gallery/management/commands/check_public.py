from django.core.management.base import BaseCommand, CommandError

from gallery.management.auditing import audit


class Command(BaseCommand):
    help = "Walks every public address and file as a stranger; fails on anything uncleared or forbidden."

    def handle(self, *args: object, **options: object) -> None:
        report = audit()
        number = report.exhibits or 1
        self.stdout.write(
            f"Saw {report.pages} addresses and {report.files} files; "
            f"{report.pictures_on_pages} pictures on pages, {report.exhibits} exhibits "
            f"({report.shared} shared with other sites).\n"
            f"Credit {report.with_credit / number:.0%}, licence {report.with_licence / number:.0%}, "
            f"description {report.with_alt / number:.0%}."
        )
        for problem in report.problems:
            self.stderr.write(self.style.ERROR(problem))
        if report.problems:
            raise CommandError(f"{len(report.problems)} things a stranger should not see, or should and does not.")
        self.stdout.write(self.style.SUCCESS("Nothing uncleared, no forbidden metadata."))
