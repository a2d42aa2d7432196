"""Every block that every model's stream fields know. A stored block of a kind its field no longer knows is dropped
without a word when the page is next read, so a kind lost while code moves is content lost.
"""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock
from wagtail.fields import StreamField

from .pinned import assert_as_pinned


def nested(block: Block, way: str = "") -> Iterator[str]:
    """Dotted names of all blocks inside; what a list repeats adds no name of its own."""
    if isinstance(block, ListBlock):
        yield from nested(block.child_block, way)
    elif isinstance(block, BaseStreamBlock | BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield f"{way}{name}"
            yield from nested(child, f"{way}{name}.")


def names_of_models() -> dict[type[Model], str]:
    """Without the app, which may change when a feature becomes an app of its own, where the name says enough."""
    models = apps.get_models()
    number = Counter(model._meta.model_name for model in models)
    return {
        model: model._meta.model_name if number[model._meta.model_name] == 1 else model._meta.label_lower
        for model in models
    }


def blocks() -> dict[str, dict[str, list[str]]]:
    """Field → kind of block → what lies inside it."""
    return {
        f"{name}.{field.name}": {
            kind: sorted(nested(child)) for kind, child in field.stream_block.child_blocks.items()
        }
        for model, name in names_of_models().items()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    }


def test_no_page_type_loses_a_block():
    assert_as_pinned("body_blocks", blocks())
