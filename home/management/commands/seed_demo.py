from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.demo import accounts
from home.demo.content import load
from home.demo.seed import people, run
from home.demo.seed.drawing import DRAWN_EDGE
from home.demo.seed.pictures import Folder, NoPhotographs, drawings
from home.demo.seed.scale import NothingToCopy, add


class Command(BaseCommand):
    help = "Puts the demo's content into an empty portal. A second run changes nothing."
    stealth_options = ("long_edge",)  # tests draw small

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--photos",
            type=Path,
            metavar="DIR",
            help="Hang photographs from this folder instead of drawn illustrations.",
        )
        parser.add_argument(
            "--scale",
            type=int,
            metavar="N",
            help="Add N exhibits for measuring, which share the files of the others.",
        )

    def handle(
        self,
        *args: object,
        photos: Path | None = None,
        scale: int | None = None,
        long_edge: int = DRAWN_EDGE,
        **options: object,
    ) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo makes accounts whose passwords stand in a file, so it only runs with DEMO=1 in the "
                "environment, and never in production."
            )
        if photos is not None and not photos.is_dir():
            raise CommandError(f"There is no folder {photos}.")
        self._seed(photos, long_edge)
        if scale:
            self._scale(scale)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _seed(self, photos: Path | None, long_edge: int) -> None:
        content = load(timezone.localdate())
        if run.is_complete(content):
            if accounts.kept():
                self._say("The demo is here already; nothing was changed.")
            else:
                people.renew_accounts(content)
                self._say(f"The demo is here already. {accounts.path()} was gone, so everybody has a new password.")
            if photos is not None:
                self._say("Photographs from a folder can only be hung when the demo is seeded for the first time.")
            return
        source = (
            drawings(content["photos"], long_edge=long_edge)
            if photos is None
            else nullcontext(Folder(photos, self._say))
        )
        try:
            run.check_empty(content)
            run.run(content, source, self._say)
        except (run.HalfSeeded, NoPhotographs) as problem:
            raise CommandError(str(problem)) from problem

    def _scale(self, number: int) -> None:
        try:
            add(number, self._say)
        except NothingToCopy as problem:
            raise CommandError(str(problem)) from problem
