from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.operation.public_files import make_all
from gallery.services.rehanging import write_documents


class Command(BaseCommand):
    help = "Rebuilds every document, card and public file from what is kept: photographs and the editors' library."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--documents-only", action="store_true", help="Leave the pictures as they are.")
        what.add_argument("--missing", action="store_true", help="Only pictures whose public files are not there.")

    def handle(self, *args: object, documents_only: bool, missing: bool, **options: object) -> None:
        if documents_only:
            self.stdout.write(f"Rebuilt the words of {write_documents()} exhibits.")
            return
        failed: list[str] = []
        for what, made in make_all(missing=missing):
            self.stdout.write(f"Made {made.number} {what} anew.")
            failed += made.failed
        for one in failed:
            self.stderr.write(self.style.ERROR(f"Not made: {one}"))
        if failed:
            raise CommandError(f"{len(failed)} pictures could not be made; all others were.")
