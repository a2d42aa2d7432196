from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.operation.backup import BackupFailed, in_megabytes, make


class Command(BaseCommand):
    help = "Writes the database and every private file into one file, while the site goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Best on another machine's disk, where few people can read it.")
        parser.add_argument("--overwrite", action="store_true", help="Replace a file of that name.")

    def handle(self, *args: object, file: Path, overwrite: bool, **options: object) -> None:
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        if file.is_dir():
            raise CommandError(f"{file} is a folder. Give the backup a name in it.")
        if file.exists() and not overwrite:
            raise CommandError(f"{file} is there already. Choose another name, or say --overwrite.")
        started = monotonic()
        try:
            made = make(file, say=self.stdout.write)
        except BackupFailed as problem:
            raise CommandError(f"There is no backup. {problem}") from problem
        seconds = monotonic() - started
        self.stdout.write(self.style.SUCCESS(f"{file}: {in_megabytes(made.bytes)} in {seconds:.1f} s."))
