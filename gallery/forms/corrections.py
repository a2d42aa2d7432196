"""Words put right: the fields of the entry form that may change once an entry is cleared, with what it says now."""

from collections.abc import Mapping
from typing import Any

from django import forms

from cms.core.text import one_of_each
from gallery.forms.entries import EntryForm, categories_of, plain_breaks
from gallery.models.entries import Entry
from gallery.models.exhibitions import Category
from gallery.models.word_limits import LONG_DESCRIPTION_CHARACTERS, REASON_CHARACTERS
from gallery.services.corrections import WORDS, NotCorrected


class RefusedForm(forms.Form):
    #: No field says that it may be left empty: whatever is missing is judged by the service.
    may_be_kept_unfinished = True

    def say(self, refused: NotCorrected) -> None:
        """What the service said, at its fields."""
        for name, sentence in refused.problems.items():
            self.add_error(name if name in self.fields else None, sentence)


class SuggestionForm(RefusedForm):
    """A photographer's. `words` is what `services.corrections` takes; call when valid."""

    title = EntryForm.base_fields["title"]
    caption = EntryForm.base_fields["caption"]
    alt_text = EntryForm.base_fields["alt_text"]
    technique = EntryForm.base_fields["technique"]
    category: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, to_field_name="slug", empty_label=None, label="Category"
    )
    reason = forms.CharField(
        required=False,
        label="What was wrong?",
        max_length=REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A sentence, for whoever reads it. For example: “The scanner is called Titan, not Triton.”",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, entry: Entry, suggested: Mapping[str, Any] | None = None
    ) -> None:
        words = {name: getattr(entry, name) for name in WORDS} | dict(suggested or {})
        category = words["category"]
        super().__init__(
            data,
            initial=words | {"tags": ", ".join(words["tags"]), "category": category.slug if category else ""},
        )
        # Its own, too, if the edition has dropped it: nothing changes that nobody touched.
        offered = categories_of(entry.exhibition) | Category.objects.filter(pk__in=[entry.category_id])
        self.fields["category"].queryset = offered.distinct()  # type: ignore[attr-defined]

    def clean_caption(self) -> str:
        return plain_breaks(self.cleaned_data["caption"])

    def clean_technique(self) -> str:
        return plain_breaks(self.cleaned_data["technique"])

    @property
    def words(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}


class AddedWordsForm(forms.Form):
    """What staff add to a photographer's own words."""

    long_description = forms.CharField(
        label="Long description",
        required=False,
        max_length=LONG_DESCRIPTION_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="For people who cannot see the picture and want more than the description above.",
    )
    tags = forms.CharField(
        label="Tags",
        required=False,
        max_length=300,
        help_text="Separated by commas, such as glass, night shift, hands.",
    )

    def clean_long_description(self) -> str:
        return plain_breaks(self.cleaned_data["long_description"])

    def clean_tags(self) -> list[str]:
        """Of spellings that mean the same the first."""
        return one_of_each(" ".join(tag.split())[:60].strip() for tag in self.cleaned_data["tags"].split(","))


class CorrectionForm(AddedWordsForm, SuggestionForm):
    """For staff."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The photographer will read it.",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("title", "caption", "alt_text", "long_description", "technique", "tags", "category", "reason")


class RenameForm(RefusedForm):
    """A person's changed name."""

    name = forms.CharField(label="Their name now", required=False, max_length=120)
    reason = forms.CharField(
        label="Reason", required=False, max_length=REASON_CHARACTERS, help_text="Kept in each photograph’s history."
    )
