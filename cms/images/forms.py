"""The admin's picture form: Wagtail's own, with our judgement of the file."""

from typing import Any

from wagtail.images.forms import BaseImageForm

from cms.images.fields import PhotoFormField


class PortalImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here rather than as a declared field: the multiple uploader's edit form leaves the file out.
        if (stock := self.fields.get("file")) is not None:
            self.fields["file"] = PhotoFormField(label=stock.label, required=stock.required, widget=stock.widget)
        # The multiple uploader sends a title and a file; the licence then starts at its default.
        if "licence" in self.fields:
            self.fields["licence"].required = False
