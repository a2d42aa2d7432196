from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.images.refusal import PhotoRefused
from home.demo import accounts
from home.demo.content import load
from home.demo.seed import people, run
from home.demo.seed.pictures import Folder, Illustrations, NoPhotographs, Pictures
from home.demo.seed.scale import NothingToCopy, add


class Command(BaseCommand):
    help = "Puts the demo's content into an empty portal. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--photos",
            type=Path,
            metavar="DIR",
            help="Hang photographs from this folder instead of the illustrations.",
        )
        parser.add_argument(
            "--scale",
            type=int,
            metavar="N",
            help="Add N exhibits for measuring, which share the files of the others.",
        )

        parser.add_argument(
            "--make-database",
            action="store_true",
            help="There is no database yet: make it first.",
        )

    def handle(
        self,
        *args: object,
        photos: Path | None = None,
        scale: int | None = None,
        make_database: bool = False,
        **options: object,
    ) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo makes accounts whose passwords stand in a file, so it only runs with DEMO=1 in the "
                "environment, and never in production."
            )
        if photos is not None and not photos.is_dir():
            raise CommandError(f"There is no folder {photos}.")
        self._seed(photos, make_database)
        if scale:
            self._scale(scale)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _seed(self, photos: Path | None, make_database: bool) -> None:
        content = load(timezone.localdate())
        if not make_database and self._is_seeded(content, photos):
            return
        pictures: Pictures = Illustrations() if photos is None else Folder(photos, self._say)
        if make_database:
            with run.step("The database", self._say):
                run.make_database()
            if self._is_seeded(content, photos):  # there was one, after all
                return
        try:
            run.run(content, pictures, self._say)
        except NoPhotographs as problem:
            raise CommandError(str(problem)) from problem
        except PhotoRefused as refusal:  # the shipped pictures are sound, so the machine was too busy for too long
            raise CommandError(f"{refusal} Then start over with an empty database.") from refusal

    def _is_seeded(self, content: dict[str, Any], photos: Path | None) -> bool:
        if not run.is_complete(content):
            try:
                run.check_empty(content)
            except run.HalfSeeded as problem:
                raise CommandError(str(problem)) from problem
            return False
        if accounts.kept():
            self._say("The demo is here already; nothing was changed.")
        else:
            people.renew_accounts(content)
            self._say(f"The demo is here already. {accounts.path()} was gone, so everybody has a new password.")
        if photos is not None:
            self._say("Photographs from a folder can only be hung when the demo is seeded for the first time.")
        return True

    def _scale(self, number: int) -> None:
        try:
            add(number, self._say)
        except NothingToCopy as problem:
            raise CommandError(str(problem)) from problem
