from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize

from cms.operation.restore import CannotRestore, NotYetOpen, restore


class Command(BaseCommand):
    help = "Restores a backup into an empty database and empty private storage. Stop web and worker first."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-log",
            action="store_true",
            help="Although the log of withdrawals is lost: what was taken back since the backup is shown again.",
        )

    def handle(self, *args: object, file: Path, without_log: bool, **options: object) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            failed = restore(file, without_log=without_log, say=self.stdout.write)
        except (CannotRestore, NotYetOpen) as problem:
            raise CommandError(str(problem)) from problem
        for one in failed:
            self.stderr.write(self.style.ERROR(f"Not made: {one}"))
        if failed:
            raise CommandError(
                f"Restored and open, but {len(failed)} picture{pluralize(len(failed))} could not be made and shown."
                " Photographs are hung as soon as they can be."
            )
        self.stdout.write(self.style.SUCCESS("Restored. Start the web processes and the worker."))
