"""A technician's own page: what they say about themselves, and whether anybody sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.people import profiles
from cms.people.models import Technician
from gallery.desk.access import desk_page, photographer
from gallery.forms.profile import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: HttpRequest) -> HttpResponseBase:
    """Saves, or with `action=preview` only shows what would be seen. What was typed stays in either case."""
    mine = Technician.objects.filter(user=photographer(request)).select_related("department", "role_family")
    technician = mine.first()
    if technician is None:
        return render(request, "gallery/desk/no_profile.html")
    was_shown = technician.profile_public
    form = ProfileForm(request.POST or None, technician=technician)
    seen = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("action") != "preview":
            profiles.describe(technician=technician, words=form.cleaned_data)
            messages.success(request, _said(was_shown, technician.profile_public))
            return redirect("desk:profile")
        for name, value in form.cleaned_data.items():
            setattr(technician, name, value)
        seen = profiles.as_seen(technician)
    context = {
        "form": form,
        "technician": technician,
        "is_shown": was_shown,
        "seen": seen or (None if form.errors else profiles.as_seen(technician)),
        "is_preview": seen is not None,
        "path": f"/people/{technician.slug}/",
    }
    return render(request, "gallery/desk/profile.html", context, status=422 if form.errors else 200)


def _said(before: bool, now: bool) -> str:
    if now:
        return "Saved. Your page shows it now." if before else "Saved, and your page is up. Go and see it."
    return "Saved. Your page is gone, from everywhere." if before else "Saved. Nobody sees it but you."
