"""The entry form: from an empty page to an entry that was sent in, losing nothing on the way."""

import secrets
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cms.core.date_ranges import deadline_in_words
from cms.core.odd_requests import refuse_many_fields
from cms.core.open_forms import client_address, is_too_often
from cms.core.uploads import BoundedUpload, bound, take_no_files
from cms.images import refusal
from cms.people.models import Technician
from gallery.desk.access import own_entry, photographer, private, public_exhibition
from gallery.desk.multiple_uploads import called, keep_others, tell_of_dropped, tell_of_kept
from gallery.desk.photo_facts import about_the_photo
from gallery.enums import EntryState
from gallery.forms.entries import GIVEN, OWN_WORDS, EntryForm
from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.services import entries

FOUND = 302
STALE = 403
CONFLICT = 409
MISTAKES = 422
TRY_AGAIN = 503
FROM_FILE = "This date stands in the picture’s file. If it is right, please send the form in once more."
NOTHING_YET = "There is nothing to keep yet. Please choose a photograph, or write a few words first."
#: The error of a photograph that may be sent again as it is. Scripts keep the file and offer to.
PASSING = "passing"
#: Where a signed-out visitor's words wait until they have signed in.
WAITING_WORDS = "words-waiting"
#: Of somebody who was signed out: seconds they wait, letters of each, and how often an hour from one address.
WORDS_WAIT = 3600
LONGEST_WAITING = 2_000
MOST_WAITING_AN_HOUR = 20


@csrf_exempt  # checked in `_answer`, once the upload is bounded
@require_http_methods(["GET", "HEAD", "POST"])
@private
def enter(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/exhibitions/<slug>/enter/`: a new entry, or the draft named in the hidden field `entry`."""
    exhibition = public_exhibition(slug)
    if not request.user.is_authenticated:
        take_no_files(request)
        return _sign_in_first(request)
    upload = _bound(request, exhibition)
    return _checked(request, exhibition, None, upload)


@csrf_exempt  # checked in `_answer`, once the upload is bounded
@require_http_methods(["GET", "HEAD", "POST"])
@private
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/desk/entries/<id>/edit/`: the same form for an entry that exists."""
    if not request.user.is_authenticated:
        take_no_files(request)
        return _sign_in_first(request)
    entry = own_entry(request, pk)
    return _checked(request, entry.exhibition, entry, _bound(request, entry.exhibition))


def _bound(request: HttpRequest, exhibition: ExhibitionPage) -> BoundedUpload:
    return bound(request, most_bytes=exhibition.limits.max_bytes, most_files=exhibition.entries_per_person)


def _checked(
    request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None, upload: BoundedUpload
) -> HttpResponseBase:
    """Whoever signed in again in another tab sends a stale token. They get their form back, with a fresh one."""
    response = _answer(request, exhibition, entry, upload)
    if response.status_code != STALE:
        return response
    entry = entry or _named_entry(request, exhibition)
    form = EntryForm(request.POST, exhibition=exhibition, entry=entry)
    problem = (
        "This page was open for a long time, so please press the button once more. Choose a new picture again."
    )
    return _page(request, exhibition, entry, form, problem=problem, status=STALE)


@csrf_protect
def _answer(
    request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None, upload: BoundedUpload
) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, exhibition, entry)
    refuse_many_fields(request)
    if entry is None:
        entry = _named_entry(request, exhibition)
    return _receive(request, exhibition, entry, upload)


def _named_entry(request: HttpRequest, exhibition: ExhibitionPage) -> Entry | None:
    """The draft a posted form belongs to: by its hidden id, or because this very page was sent before."""
    named = request.POST.get("entry", "")
    if not named:
        return _made_by_page(request, exhibition)
    if not named.isdecimal() or len(named) > 18:
        raise Http404("There is no such entry.")
    entry = own_entry(request, int(named))
    if entry.exhibition_id != exhibition.pk:
        raise Http404("There is no such entry.")
    return entry


def _made_by_page(request: HttpRequest, exhibition: ExhibitionPage) -> Entry | None:
    """One shown page makes at most one draft, however often it is sent: a second tap, a reload."""
    me = photographer(request)
    return entries.made_by_form(exhibition=exhibition, photographer=me, form_key=_form_key(request))


def _form_key(request: HttpRequest) -> str | None:
    page = (request.POST.get("page") or request.GET.get("page", ""))[:64]
    return page if page.isascii() and page.isalnum() else None


@csrf_protect
def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Somebody who was signed out while typing finds their own words again after signing in."""
    if request.method == "POST":
        if is_too_often("words-wait", client_address(request), most=MOST_WAITING_AN_HOUR):
            messages.info(request, "You were signed out. Please sign in again.")
        else:
            request.session[WAITING_WORDS] = {
                name: request.POST[name][:LONGEST_WAITING] for name in OWN_WORDS if request.POST.get(name)
            }
            request.session.set_expiry(WORDS_WAIT)
            messages.info(request, "You were signed out. Please sign in again; your words are kept for an hour.")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


# --- Showing


def _show(request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None) -> HttpResponse:
    now = timezone.now()
    if entry is None and (made := _made_by_page(request, exhibition)):
        return redirect("desk:edit", pk=made.pk)
    if entry is not None and not entry.is_editable:
        messages.info(request, "This entry was already sent in, so it cannot be changed just now.")
        return redirect("desk:entry", pk=entry.pk)
    try:
        if entry is None:
            entries.check_call(exhibition=exhibition, now=now)
            entries.check_room(exhibition=exhibition, photographer=photographer(request))
        elif entry.state != EntryState.CHANGES_ASKED:
            entries.check_call(exhibition=exhibition, now=now)
    except entries.EntryRefused as refused:
        return _turn_away(request, exhibition, entry, str(refused), status=200)
    initial = request.session.pop(WAITING_WORDS, {})
    if entry is None:
        initial = _own_department(request) | initial
    form = EntryForm(exhibition=exhibition, entry=entry, initial=initial)
    return _page(request, exhibition, entry, form)


def _own_department(request: HttpRequest) -> dict[str, object]:
    technician = Technician.objects.filter(user=photographer(request)).select_related("department").first()
    return {"department": technician.department.slug} if technician else {}


def _page(
    request: HttpRequest,
    exhibition: ExhibitionPage,
    entry: Entry | None,
    form: EntryForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    mine = Entry.objects.filter(exhibition=exhibition).by(photographer(request))
    drafts = mine.filter(state=EntryState.DRAFT).select_related("master")
    if entry is not None:
        drafts = drafts.exclude(pk=entry.pk)
    places_left = max(0, exhibition.entries_per_person - mine.counting().count())
    return render(
        request,
        "gallery/desk/entry_form.html",
        {
            "exhibition": exhibition,
            "entry": entry,
            "form": form,
            "master": entry.master if entry is not None else None,
            **about_the_photo(entry),
            "problem": problem,
            "page": request.POST.get("page") or secrets.token_hex(16),
            "drafts": [{"entry": draft, "called": called(draft)} for draft in drafts],
            "places_left": places_left,
            "several": entry is None and places_left > 1,
        },
        status=status,
    )


def _turn_away(
    request: HttpRequest,
    exhibition: ExhibitionPage,
    entry: Entry | None,
    reason: str,
    *,
    form: EntryForm | None = None,
    kept: str = "",
    status: int = CONFLICT,
) -> HttpResponse:
    """A kind page that says why not and hands back what was typed. `kept` says what became of it."""
    context = {"exhibition": exhibition, "entry": entry, "reason": reason, "kept": kept, "form": form}
    return render(request, "gallery/desk/turned_away.html", context, status=status)


# --- Receiving


def _receive(
    request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None, upload: BoundedUpload
) -> HttpResponse:
    """Words first: the photograph takes a while, and whatever happens meanwhile loses none of them. Judged last, so
    that a mistake in one loses nothing of the other. No draft is made for nothing: neither a word nor a picture."""
    form = EntryForm(request.POST, exhibition=exhibition, entry=entry)
    form.is_valid()
    words = form.words
    undated = not words.get("taken_on")
    if undated and entry is not None:
        words["taken_on"] = _date_in_file(entry)
    photos = request.FILES.getlist("photo")
    photo, others = (photos[0], photos[1:]) if photos else (None, [])
    try:
        entry = _keep_words(request, exhibition, entry, form, words)
        worded, (entry, refused_photo) = entry, _take_photo(request, exhibition, entry, photo, upload)
        if worded is None and entry is not None:
            given = {name: words[name] for name in GIVEN if name in words}
            entries.save_words(entry=entry, fields=given, now=timezone.now())
    except entries.NotEditable as refused:
        sent = entry or _made_by_page(request, exhibition)
        return _already_sent(request, exhibition, cast(Entry, sent), form, str(refused))
    except entries.EntryRefused as refused:
        return _turn_away(request, exhibition, None, str(refused), form=form, kept="Nothing was sent.")
    if undated and (from_file := _date_in_file(entry)):
        form.fill_in("taken_on", from_file)
        if request.POST.get("action") == "submit":
            form.add_error("taken_on", FROM_FILE)
    if refused_photo:
        form.add_error("photo", refused_photo)
    kept = []
    if entry is None or entry.submitted_at is None:
        if photo is not None:
            tell_of_dropped(request, exhibition, upload.stopped)
        kept = keep_others(request, exhibition, others, form_key=_form_key(request))
    response = _judge(request, exhibition, own_entry(request, entry.pk) if entry is not None else None, form)
    if response.status_code == FOUND and request.POST.get("action") != "photo":  # the form lists them itself
        tell_of_kept(request, kept)
    return response


def _keep_words(
    request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None, form: EntryForm, words: dict[str, object]
) -> Entry | None:
    now = timezone.now()
    if entry is not None:
        entries.save_words(entry=entry, fields=words, people=form.listed_people, now=now)
        return entry
    me = photographer(request)
    if form.says_something:
        return entries.start(
            exhibition=exhibition,
            photographer=me,
            fields=words,
            people=form.listed_people,
            form_key=_form_key(request),
            now=now,
        )
    entries.check_call(exhibition=exhibition, now=now)
    entries.check_room(exhibition=exhibition, photographer=me, form_key=_form_key(request))
    return None


def _date_in_file(entry: Entry | None) -> str:
    return (entry.master.found.get("taken_on") or "") if entry is not None and entry.master is not None else ""


def _judge(request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None, form: EntryForm) -> HttpResponse:
    if request.POST.get("action") == "submit":
        return _send_in(request, exhibition, entry, form)
    if entry is None and not form.errors:
        form.add_error("photo", NOTHING_YET)
    if form.errors or entry is None:
        return _page(request, exhibition, entry, form, status=_status(form))
    if request.POST.get("action") == "photo":  # the picture first, the words after: stay on the form
        return redirect("desk:edit", pk=entry.pk)
    messages.success(request, "Saved. When you are ready, send it in.")
    return redirect("desk:entry", pk=entry.pk)


def _status(form: EntryForm) -> int:
    return TRY_AGAIN if form.has_error("photo", PASSING) else MISTAKES


def _take_photo(
    request: HttpRequest,
    exhibition: ExhibitionPage,
    entry: Entry | None,
    file: UploadedFile | None,
    upload: BoundedUpload,
) -> tuple[Entry | None, ValidationError | None]:
    """Stores the photograph, if one was sent: in `entry`, or in a draft of its own. Returns why not, if not."""
    limits, now = exhibition.limits, timezone.now()
    try:
        if file is None and upload.stopped:
            raise refusal.too_many_bytes(upload.size, limits.max_bytes)
        if file is None:
            return entry, None
        if file.size is not None and file.size > limits.max_bytes:
            raise refusal.too_many_bytes(file.size, limits.max_bytes)
        if entry is None:
            me, key = photographer(request), _form_key(request)
            entry = entries.start_with_photo(
                exhibition=exhibition, photographer=me, file=file, form_key=key, now=now
            )
        else:
            entries.attach_photo(entry=entry, file=file, now=now)
    except refusal.PhotoRefused as refused:
        return entry, ValidationError(refused.message, code=PASSING if refused.is_passing else refused.code)
    except entries.PhotoIsFinal as refused:
        return entry, ValidationError(str(refused))
    return entry, None


def _already_sent(
    request: HttpRequest, exhibition: ExhibitionPage, entry: Entry, form: EntryForm, reason: str
) -> HttpResponse:
    """A second tab, or a second tap. When it says the same as what was sent in, there is nothing to explain."""
    entry = own_entry(request, entry.pk)
    if all(getattr(entry, name) == value for name, value in form.words.items()):
        return redirect("desk:entry", pk=entry.pk)
    return _turn_away(request, exhibition, entry, reason, form=form, kept="These words were not saved.")


def _send_in(
    request: HttpRequest, exhibition: ExhibitionPage, entry: Entry | None, form: EntryForm
) -> HttpResponse:
    now = timezone.now()
    empty = Entry(exhibition=exhibition, department=form.cleaned_data.get("department"))
    for field, sentence in entries.problems(entry or empty, now=now).items():
        if not form.has_error(field):
            form.add_error(field, sentence)
    if form.errors or entry is None:
        return _page(request, exhibition, entry, form, status=_status(form))
    try:
        entries.submit(entry=entry, now=now)
    except entries.NotEditable as refused:
        return _already_sent(request, exhibition, entry, form, str(refused))
    except entries.CallClosed as refused:
        closed = deadline_in_words(exhibition.closes_at)
        kept = f"We kept your draft. It was not sent in: the call was open until {closed}."
        return _turn_away(request, exhibition, entry, str(refused), kept=kept)
    except entries.EntryRefused as refused:
        return _page(request, exhibition, entry, form, problem=str(refused), status=CONFLICT)
    messages.success(request, "Thank you. It arrived safely, and we have sent you a receipt.")
    return redirect("desk:entry", pk=entry.pk)
