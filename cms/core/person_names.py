"""Names that anybody may type, and that others then read: a person's, and nothing to click."""

import re
import unicodedata

from django import forms

MOST_CHARACTERS = 60
#: Mail programs make a link of these. After a full stop a name goes on with a space, or is an initial.
LINK = re.compile(r"[@/\\]|www\.|\w\.\w\w", re.IGNORECASE)
NOT_A_NAME = "Please give just a name, without addresses in it, and leave a space after a full stop."


class PersonNameField(forms.CharField):
    def __init__(self, **options: object) -> None:
        options = {
            "max_length": MOST_CHARACTERS,
            "label": "Your name",
            "widget": forms.TextInput(attrs={"autocomplete": "name"}),
        } | options
        super().__init__(**options)  # type: ignore[arg-type]
        self.error_messages["max_length"] = f"Please keep it to {MOST_CHARACTERS} characters."
        self.error_messages["required"] = "Please tell us your name."

    def to_python(self, value: object) -> str:
        return " ".join((super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if LINK.search(unicodedata.normalize("NFKC", value).replace("。", ".")):
            raise forms.ValidationError(NOT_A_NAME)
