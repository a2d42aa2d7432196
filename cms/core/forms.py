"""What every page's form checks."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from .areas import RESERVED_SLUGS
from .dates import name_clock, validate_year

#: What the field of a moment does not show.
A_MINUTE = dt.timedelta(minutes=1)
#: The home page's depth in Wagtail's tree. Addresses and trails begin below it.
HOME_DEPTH = 2


class PortalPageForm(WagtailAdminPageForm):
    """Refuses an address under which nobody would ever see the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"go_live_at", "expire_at"} & set(self.fields):
            self.fields[name].help_text = name_clock(str(self.fields[name].help_text))

    def clean(self) -> dict:
        expires, before = self.cleaned_data.get("expire_at"), self.instance.expire_at
        if expires and before and expires <= timezone.now() and abs(expires - before) < A_MINUTE:
            self.cleaned_data["expire_at"] = None  # it has done its work, and would stop every saving
        cleaned = super().clean()
        if self.parent_page.depth == HOME_DEPTH and cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", "The site itself uses this address. Please choose another.")
        for name in ("go_live_at", "expire_at"):
            if moment := cleaned.get(name):
                try:
                    validate_year(moment)
                except ValidationError as problem:
                    self.add_error(name, problem)
        return cleaned
