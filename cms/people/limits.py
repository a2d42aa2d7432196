"""How often something may be tried at the door, so that nobody can shut it for somebody else.

Wrong passwords count for an account and where they come from: whoever guesses stops themselves. Guesses from
everywhere are counted, too, but that limit is not for browsers in which the owner has signed in before. However
many passwords were wrong, a code by e-mail opens, as long as strangers have not had all the mails of an hour sent.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.core.open_forms import client_address, is_too_often

from .models import User

KNOWN_BROWSER = "known_browser"
YEAR_SECONDS = 365 * 24 * 60 * 60
MOST_MAILS_FROM_ONE_PLACE, PLACE_SECONDS = 5, 5 * 60
MOST_MAILS_AN_HOUR = 30
MOST_TRIES_OF_A_CODE = 3


def is_known_browser(request: HttpRequest, email: str) -> bool:
    return constant_time_compare(request.COOKIES.get(KNOWN_BROWSER, ""), _mark(email))


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Unless it is shared. It opens nothing: its wrong passwords are counted apart from strangers'."""
    if not request.session.get_expire_at_browser_close():
        response.set_cookie(
            KNOWN_BROWSER,
            _mark(user.email),
            max_age=YEAR_SECONDS,
            path="/accounts/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _mark(email: str) -> str:
    return salted_hmac("cms.people.known-browser", email.lower(), algorithm="sha256").hexdigest()


def whose_guesses(request: HttpRequest, email: str) -> str:
    """What wrong passwords are counted by."""
    kind = "known" if is_known_browser(request, email) else "strange"
    return f"{kind} {client_address(request)} {email.lower()}"


def check_mails(request: HttpRequest, email: str) -> None:
    """Raises ValidationError when this address was sent too many of our mails that anybody can ask for."""
    email = email.lower()
    from_here = f"{client_address(request)} {email}"
    here = {"most": MOST_MAILS_FROM_ONE_PLACE, "seconds": PLACE_SECONDS}
    if is_too_often("account-mail-here", from_here, surely=True, **here) or (
        not is_known_browser(request, email) and is_too_often("account-mail", email, most=MOST_MAILS_AN_HOUR)
    ):
        raise get_adapter().validation_error("too_many_mails")


def check_tries(code: str) -> None:
    """Raises ValidationError when this code was tried too often, by however many requests at once: the session,
    which counts as well, is read by each before the others have written it."""
    if is_too_often("code", code, most=MOST_TRIES_OF_A_CODE, surely=True):
        raise get_adapter().validation_error("incorrect_code")
