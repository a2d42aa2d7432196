"""Where somebody comes to who has signed in and did not say where to: to their work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cms.people.models import User
from gallery import permissions
from home.applications.permissions import looks_after_people
from home.pages.admin_access import comes_in, writes
from home.pages.tasks_panel import photographs_to_look_at


def only_reviews(user: User) -> bool:
    """Has nothing else to do in the admin, whose first page would only be a step more."""
    if permissions.is_curator(user) or looks_after_people(user) or writes(user):
        return False
    return permissions.is_moderator(user)


def place_on_the_desk(user: permissions.Visitor) -> str:
    if permissions.is_judge(user):
        return "desk:judging"
    return "press" if user.has_perm("news.see_embargoed") else "desk:home"


@require_safe
@login_required
def land(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User) or not comes_in(user):
        return redirect(place_on_the_desk(request.user))
    if only_reviews(user):
        waiting = photographs_to_look_at()
        if waiting.count:
            messages.info(request, waiting.words)
            return redirect(waiting.url)
    return redirect("wagtailadmin_home")
