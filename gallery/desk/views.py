"""The desk: everything a photographer has sent us, where it stands, and how to take it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cms.people.accounts import NameForm
from gallery import permissions
from gallery.desk.access import desk_page, own_entry, photographer
from gallery.desk.my_data import everything_about
from gallery.desk.photo_facts import about_the_photo
from gallery.desk.status import explain_status, shows_reason
from gallery.enums import CLEARED_STATES, EntryState
from gallery.forms.corrections import SuggestionForm
from gallery.models.consents import PicturedPerson
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from gallery.models.reviews import ReviewDecision
from gallery.services import corrections, entries, exhibit_fields


@require_safe
@desk_page
def home(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    me = photographer(request)
    mine = list(Entry.objects.by(me).select_related("exhibition", "master"))
    on_wall = Exhibit.objects.select_related("exhibition").in_bulk([entry.public_id for entry in mine])
    calls = (
        ExhibitionPage.objects.live().public().filter(opens_at__lte=now, closes_at__gt=now).order_by("closes_at")
    )
    used = [entry.exhibition_id for entry in Entry.objects.by(me).counting()]
    return render(
        request,
        "gallery/desk/home.html",
        {
            "person": me,
            "works": [
                {
                    "entry": entry,
                    "status": explain_status(entry, now=now),
                    "reason": entry.reason if shows_reason(entry) else "",
                    "exhibit": on_wall.get(entry.public_id),
                }
                for entry in mine
            ],
            "calls": [
                {"exhibition": call, "places_left": max(0, call.entries_per_person - used.count(call.pk))}
                for call in calls
            ],
        },
    )


@require_safe
@desk_page
def entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = own_entry(request, pk)
    return render(
        request,
        "gallery/desk/entry.html",
        {
            "entry": found,
            "master": found.master,
            **about_the_photo(found),
            "status": explain_status(found, now=timezone.now()),
            "reason": found.reason if shows_reason(found) else "",
            "suggestion": Suggestion.objects.waiting().filter(entry=found).first(),
            "decisions": ReviewDecision.objects.of(found),
            "people": PicturedPerson.objects.of(found),
            "exhibit": Exhibit.objects.select_related("exhibition").filter(pk=found.public_id).first(),
            "credit": exhibit_fields.credit_line(found),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks once, then takes the entry back for good."""
    found = own_entry(request, pk)
    if request.method != "POST":
        if found.state == EntryState.WITHDRAWN:
            return redirect("desk:entry", pk=pk)
        return render(request, "gallery/desk/withdraw.html", {"entry": found})
    try:
        entries.withdraw(entry=found, by=photographer(request), now=timezone.now())
    except entries.EntryRefused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, "It is withdrawn. Its files are being deleted.")
    return redirect("desk:entry", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def suggest(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Other words for one that is approved or on the wall. Somebody looks at them first."""
    found = own_entry(request, pk)
    if found.state not in CLEARED_STATES:
        return redirect("desk:entry", pk=pk)
    waiting = Suggestion.objects.waiting().filter(entry=found).first()
    suggested = corrections.words_of(waiting) if waiting else {}
    form = SuggestionForm(request.POST if request.method == "POST" else None, entry=found, suggested=suggested)
    if waiting is not None:
        form.initial["reason"] = waiting.why
    if request.method == "POST" and form.is_valid():
        try:
            corrections.suggest(entry=found, words=form.words, why=form.cleaned_data["reason"], now=timezone.now())
        except corrections.NotCorrected as refused:
            form.say(refused)
        else:
            messages.success(request, "Thank you. Somebody will look at your words, and we will write to you.")
            return redirect("desk:entry", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "gallery/desk/suggest.html", {"entry": found, "form": form, "waiting": waiting}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def start_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another picture under the same words."""
    found = own_entry(request, pk)
    if not explain_status(found, now=timezone.now()).can_start_again:
        messages.info(request, "This one cannot be exchanged just now. While a call is open you can enter another.")
        return redirect("desk:entry", pk=pk)
    if request.method != "POST":
        return render(request, "gallery/desk/start_again.html", {"entry": found})
    try:
        fresh = entries.start_again(entry=found, now=timezone.now())
    except entries.EntryRefused as refused:
        messages.info(request, str(refused))
        return redirect("desk:entry", pk=pk)
    messages.success(request, "Your words came along. Now choose the other picture.")
    return redirect("desk:edit", pk=fresh.pk)


@require_safe
@desk_page
def judging(request: HttpRequest) -> HttpResponse:
    """Where judges come in. There is nothing to judge before judging is part of the portal."""
    if not permissions.is_judge(request.user):
        raise Http404
    return render(request, "gallery/desk/judging.html", {"person": photographer(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def details(request: HttpRequest) -> HttpResponseBase:
    me = photographer(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": me.name})
    if request.method == "POST" and form.is_valid():
        form.rename(me)
        messages.success(request, "Your name is changed.")
        return redirect("desk:home")
    status = 422 if form.errors else 200
    return render(request, "gallery/desk/details.html", {"form": form, "person": me}, status=status)


@require_safe
@desk_page
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything we keep about the person, as a JSON file."""
    response = JsonResponse(everything_about(photographer(request)), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
