"""Text that people type: cleaned in every field that holds any, folded for every search, and named in addresses.

`clean_every_field` puts `clean` into Django's own fields, of models and forms, so that no new field, form, import
or service can forget it (docs/decisions/0034). A field whose text we write ourselves says so: `MadeTextField`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.fields import StreamField

#: What ends a line, among it the soft return of slides and Word.
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: What no text can hold: controls, halves of characters, marks for programs, places of our own
#: (`core/addresses.py`), and what turns the direction of all that follows. Joiners stay (names, emoji), and so do
#: the marks that Hebrew and Arabic are written with.
UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u200b\ufeff\ufff9-\ufffc\u202a-\u202e\u2066-\u206f\ud800-\udfff\ue000-\ue00f\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
ROWS = re.compile("[ \t]*[\n\t]+[ \t]*")
#: Letters, by their class in Unicode, that nobody sees.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def clean(text: str) -> str:
    """`text` without what XML, mail headers, PostgreSQL or a reader cannot bear; every line ends in a newline."""
    if text.replace("\n", "").isprintable():  # nearly all text
        return text
    return UNFIT.sub("", LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """As `clean`, in one line."""
    return ROWS.sub(" ", clean(text))


def clean_deep(value: Any) -> Any:
    """As `clean`, for every text in lists and dictionaries."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [clean_deep(item) for item in value]
    if isinstance(value, dict):
        return {clean_deep(key): clean_deep(item) for key, item in value.items()}
    return value


def is_blank(text: str) -> bool:
    """There is nothing to see in it."""
    return all(letter in BLANKS or unicodedata.category(letter) in UNSEEN for letter in text)


class MadeTextField(models.TextField):
    """Holds text that we made ourselves and placeholders stand in, so it is not cleaned. For migrations, text."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.TextField", arguments, options

    def to_python(self, value: Any) -> Any:
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return getattr(model_instance, self.attname)


def clean_every_field() -> None:
    """From now on every field of every model and form holds clean text. Call once, at start.

    Of a model, whatever way it is written: `save` (the object in hand is cleaned, too), `full_clean`,
    `bulk_create`, `update`. Not of what is read. Slugs are lower case, in questions to the database, too. And what
    is typed into a form runs in the direction of its own letters.
    """
    _clean_model_field(models.CharField, clean_line)
    _clean_model_field(models.TextField, clean)
    _clean_model_field(models.SlugField, _lower)
    _clean_prepared(models.JSONField)
    _clean_prepared(StreamField)

    to_python = forms.CharField.to_python

    def clean_typed(field: forms.CharField, value: Any) -> Any:
        if isinstance(field.widget, forms.PasswordInput) or value in field.empty_values:
            return to_python(field, value)
        is_line = isinstance(field.widget, forms.TextInput)
        text = clean_line(str(value)) if is_line else clean(str(value))
        return to_python(field, "" if field.strip and is_blank(text) else text)

    def lower_typed(field: forms.SlugField, value: Any) -> Any:
        return _lower(clean_typed(field, value))

    for kind in (forms.TextInput, forms.Textarea):
        kind.build_attrs = _directed_attrs  # type: ignore[method-assign, assignment]
    forms.CharField.to_python = clean_typed  # type: ignore[method-assign, assignment]
    forms.SlugField.to_python = lower_typed  # type: ignore[method-assign, assignment]
    Tag.slugify = _slugify_tag


def _clean_model_field(kind: type[models.Field], cleaned: Any) -> None:
    to_python = kind.to_python

    def clean_value(field: models.Field, value: Any) -> Any:
        found = to_python(field, value)
        return cleaned(found) if isinstance(found, str) else found

    def pre_save(field: models.Field, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, field.attname)
        if isinstance(value, str) and (fit := cleaned(value)) != value:
            setattr(model_instance, field.attname, fit)
            return fit
        return value

    kind.to_python = clean_value  # type: ignore[method-assign, assignment]
    kind.pre_save = pre_save  # type: ignore[method-assign, assignment]


def _directed_attrs(
    widget: forms.Widget, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What is typed runs in the direction of its own letters."""
    attributes = {**base_attrs, **(extra_attrs or {})}
    return attributes if getattr(widget, "input_type", "text") != "text" else {"dir": "auto", **attributes}


def _lower(address: str) -> str:
    """Ends of addresses are told apart by their letters, never by capitals or by how an accent is written."""
    return unicodedata.normalize("NFKC", clean_line(address)).lower()


def _slugify_tag(tag: Tag, name: str, number: int | None = None) -> str:
    """`number` where another tag has this address."""
    return name_slug(name) if number is None else f"{name_slug(name, 90)}-{number}"


def _clean_prepared(kind: type[models.Field]) -> None:
    prepare = kind.get_prep_value

    def get_prep_value(field: models.Field, value: Any) -> Any:
        return clean_deep(prepare(field, value))

    kind.get_prep_value = get_prep_value  # type: ignore[method-assign, assignment]


#: Letters that Unicode takes for whole ones, as a keyboard without them writes them.
PLAIN: dict[int, str] = {
    **dict(zip(map(ord, "łøđðıħŧŋəɓɗƙƴǥĸɨƶ"), "loddihtnebdkygkiz", strict=True)),
    ord("þ"): "th",
    ord("æ"): "ae",
    ord("œ"): "oe",
    **dict.fromkeys(map(ord, "‘’‛ʻʼʽ`´ʹ"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
#: Marks that change a letter into another one (kana), or are no accents (viramas); all others are dropped.
KEPT_MARKS = {7, 8, 9}
#: Scripts written without spaces: Thai, Lao, Tibetan, Burmese, Khmer, kana, Chinese characters.
RUNS = re.compile(
    "([\u0e00-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
WORD = re.compile(r"[^\W_]+")
#: Shorter words are found whole, longer ones where a word begins with them.
SHORTEST_BEGINNING = 3


def fold(text: str) -> str:
    """Lower case and plain letters, however they were typed: Łukasz, Trần and Inês are lukasz, tran and ines."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(PLAIN)
    letters = (
        letter
        for letter in decomposed
        if unicodedata.combining(letter) in {0, *KEPT_MARKS} and unicodedata.category(letter) != "Cf"
    )
    return unicodedata.normalize("NFC", "".join(letters))


def fold_words(text: str) -> str:
    """The folded words of `text` with one space between and around them; every letter of a script without spaces
    is a word of its own.

    >>> fold_words("Łukasz O’Brien: 世界!")
    ' lukasz o brien 世 界 '
    """
    words = WORD.findall(RUNS.sub(r" \1 ", fold(text)))
    return f" {' '.join(words)} "


def read_terms(words: str) -> list[str]:
    """What each of the words somebody typed is looked for as: a folded word, or several that stand side by side.

    >>> read_terms("night-shift 世界")
    ['night shift', '世 界']
    """
    return [term for word in words.split() if (term := fold_words(word).strip())]


def read_beginnings(words: str) -> list[str]:
    """What `fold_words` of a text must contain, every one of them, for the text to say these words."""
    return [f" {term}" if len(term) >= SHORTEST_BEGINNING else f" {term} " for term in read_terms(words)]


def says(text: str, words: str) -> bool:
    """Every word begins one of those in `text`, whatever the capitals and accents. Signs alone are in no text."""
    said, beginnings = fold_words(text), read_beginnings(words)
    return all(beginning in said for beginning in beginnings) and (bool(beginnings) or not words.strip())


#: Between words. Whatever else an address cannot hold tells names apart: C++ is not C, nor 日本 lab 中国 lab.
BETWEEN = re.compile(r"""[\s_.,:;!?"'“”«»()\[\]&/\-]""")


def name_slug(name: str, longest: int = 100) -> str:
    """The end of an address for `name`: never empty, one for all spellings that mean the same, another for names
    that do not. What the alphabet of addresses cannot say is told apart by a few letters and digits.

    >>> name_slug("Łódź"), name_slug("naïve"), name_slug("C++"), name_slug("日本語")
    ('lodz', 'naive', 'c-…', '…')
    """
    folded = fold(name)
    slug = slugify(folded)
    if slug and re.fullmatch("[a-z0-9]*", BETWEEN.sub("", folded)):
        return slug[:longest].strip("-")
    told = hashlib.blake2s(" ".join(folded.split()).encode(), digest_size=4).hexdigest()
    return f"{slug[: longest - len(told) - 1].strip('-')}-{told}".strip("-")


def one_of_each(names: Iterable[str]) -> list[str]:
    """Names without those that have the address of an earlier one, and without empty ones."""
    found: dict[str, str] = {}
    for name in filter(None, names):
        found.setdefault(name_slug(name), name)
    return list(found.values())
