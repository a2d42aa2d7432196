"""Model fields every part may use."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose blocks are not part of the schema: a new kind of block needs no migration.

    Stored values are plain JSON either way. See docs/decisions/0007.
    """

    def deconstruct(self) -> tuple[str, str, list, dict[str, Any]]:
        name, path, _, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [[]], options
