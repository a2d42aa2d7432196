from django.core.management.base import BaseCommand, CommandParser

from gallery.services.rehanging import rehang


class Command(BaseCommand):
    help = "Rebuilds every document, card and derivative from entries and masters."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents-only", action="store_true", help="Leave the pictures as they are.")

    def handle(self, *args: object, documents_only: bool = False, **options: object) -> None:
        self.stdout.write(f"Rebuilt {rehang(pictures=not documents_only)} exhibits.")
