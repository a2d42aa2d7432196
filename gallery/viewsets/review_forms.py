"""What a moderator types on the review screen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gallery.enums import Clearance
from gallery.forms.corrections import AddedWordsForm
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.word_limits import REASON_CHARACTERS
from gallery.viewsets.reasons import REASONS, THANKS, sentence


class SentenceSelect(forms.Select):
    """Each choice carries its sentence, so that a script can put it into the box to be edited."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-sentence"] = sentence(str(value))
        return option


class DecisionForm(forms.Form):
    """A reason in one's own words, or one from the house list, which also works without scripts."""

    canned = forms.ChoiceField(
        label="Start from",
        required=False,
        choices=[
            ("", "Your own words"),
            ("To approve", [(name, name) for name in THANKS]),
            ("For changes, holding or refusing", [(name, name) for name in REASONS]),
        ],
        widget=SentenceSelect(attrs={"form": "review-form", "data-canned": ""}),
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The photographer will read it, so be kind and say what to do.",
    )
    seen = forms.IntegerField(required=False)

    def reason_text(self) -> str:
        """What was typed; the chosen sentence when nothing was. Call when valid."""
        return self.cleaned_data["reason"].strip() or sentence(self.cleaned_data["canned"])


class WordsForm(AddedWordsForm):
    """What moderators add: long description, tags, focal point, settled clearances, consents they have seen."""

    focal_x = forms.FloatField(label="Focal point, across", min_value=0, max_value=1, required=False)
    focal_y = forms.FloatField(label="Focal point, down", min_value=0, max_value=1, required=False)
    cleared = forms.MultipleChoiceField(required=False)
    confirmed = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, entry: Entry, people: Iterable[PicturedPerson]
    ) -> None:
        self.entry = entry
        initial = {
            "long_description": entry.long_description,
            "tags": ", ".join(entry.tags),
            "focal_x": entry.focal_x,
            "focal_y": entry.focal_y,
        }
        super().__init__(data, initial=initial)
        for name in ("focal_x", "focal_y"):
            self.fields[name].widget.attrs["step"] = "0.01"
        unsettled = [name for name in CLEARANCES if getattr(entry, name) == Clearance.FIX]
        self._offer("cleared", [(name, CLEARANCES[name]) for name in unsettled])
        waiting = [person for person in people if person.confirmed_at is None]
        self._offer("confirmed", [(person.pk, person.name) for person in waiting])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def fields_changed(self) -> dict[str, object]:
        """Only what differs from the entry. Call when valid."""
        names = ("long_description", "tags", "focal_x", "focal_y")
        typed = {name: self.cleaned_data[name] for name in names if name in self.data}
        return {
            name: value for name, value in typed.items() if value is not None and value != getattr(self.entry, name)
        }

    @property
    def says_something(self) -> bool:
        """There is anything to save. Call when valid."""
        return bool(self.fields_changed() or self.cleaned_data["cleared"] or self.cleaned_data["confirmed"])

    def ticked(self, name: str) -> list[str]:
        """What is ticked now in `cleared` or `confirmed`, as strings."""
        return [str(value) for value in self[name].value() or []]
