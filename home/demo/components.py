"""Samples of every component: templates in `demo/components/`, each with its name and a note in its first line."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from cms.core.listing import make_pager
from gallery.cards import fill_card
from gallery.models.exhibits import Exhibit

FOLDER = Path(__file__).parent / "templates/demo/components"
#: In the order in which somebody builds a page.
ORDER = """
page-head shelf card photograph figure quote numbers facts steps names table filters search pager notice button form
empty
""".split()
CARDS = 4


@dataclass(frozen=True)
class Sample:
    slug: str
    name: str
    note: str
    markup: str
    html: SafeString


class SampleForm(forms.Form):
    name = forms.CharField(label="Your name")
    words = forms.CharField(label="A few words", required=False, widget=forms.Textarea, help_text="Two are enough.")
    kind = forms.ChoiceField(
        label="What is it?", widget=forms.RadioSelect, choices=[("tool", "A tool"), ("place", "A place")]
    )


def samples() -> list[Sample]:
    exhibits = list(Exhibit.objects.on_wall().in_wall_order()[:CARDS])
    context: dict[str, object] = {
        "cards": [fill_card(exhibit.card) for exhibit in exhibits],
        "exhibit": exhibits[0] if exhibits else None,
        "form": SampleForm({"kind": "tool"}, prefix="sample"),
        "pager": make_pager(2, size=10, shown=10, more=True, address="?page={}#pager".format),
        "sample": SimpleNamespace(title="A card", address="#card", introduction="Its line says what is behind it."),
    }
    return [_sample(slug, context) for slug in ORDER]


def _sample(slug: str, context: dict[str, object]) -> Sample:
    said, _, markup = (FOLDER / f"{slug}.html").read_text().partition("\n")
    name, _, note = said.removeprefix("{# ").removesuffix(" #}").partition(": ")
    return Sample(
        slug, name, capfirst(note), markup.strip(), render_to_string(f"demo/components/{slug}.html", context)
    )
