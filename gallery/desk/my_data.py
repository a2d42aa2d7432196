"""Everything we keep about one photographer, in one file for them to take away."""

from typing import Any

from cms.mail.models import Message
from cms.people.models import Technician, User
from gallery.models.consents import PicturedPerson
from gallery.models.corrections import Suggestion
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.reviews import ReviewDecision

WORDS = (
    "title",
    "caption",
    "alt_text",
    "long_description",
    "technique",
    "taken_on",
    "licence",
    "credit_name",
    "people",
)


def everything_about(person: User) -> dict[str, Any]:
    """Plain values only, moments in ISO 8601. Moderators' addresses are not in it."""
    mine = Entry.objects.by(person).select_related("exhibition", "master", "category", "department")
    technician = Technician.objects.filter(user=person).select_related("department", "role_family").first()
    return {
        "account": {"name": person.name, "email": person.email, "since": person.date_joined.isoformat()},
        "profile": technician
        and {
            "name": technician.name,
            "role": technician.role,
            "department": technician.department.name,
            "role_family": technician.role_family.name,
            "letters": technician.registration,
            "joined": technician.joined,
            "skills": technician.skills,
            "quote": technician.quote,
            "bio": technician.bio,
            "answers": [{"question": pair[0], "answer": pair[1]} for pair in technician.answers],
            "top_tip": technician.top_tip,
            "public": technician.profile_public,
        },
        "entries": [_entry(entry) for entry in mine],
        "mails": [
            {
                "at": mail.created_at.isoformat(),
                "subject": mail.subject,
                "sent": mail.sent_at and mail.sent_at.isoformat(),
                "text": mail.body,  # empty once it has gone
            }
            for mail in Message.objects.filter(user=person)
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "exhibition": entry.exhibition.title,
        "state": entry.get_state_display(),
        "started": entry.created_at.isoformat(),
        **{name: getattr(entry, name) for name in (*WORDS, *CLEARANCES)},
        "category": entry.category and entry.category.name,
        "department": entry.department and entry.department.name,
        "words_suggested": [
            {"at": one.sent_at.isoformat(), "words": one.words, "why": one.why, "answer": one.answer}
            for one in Suggestion.objects.filter(entry=entry)
        ],
        "people_pictured": list(PicturedPerson.objects.of(entry).values("name", "email", "channels")),
        "photograph": entry.master
        and {
            "file": entry.master.original_name,
            "bytes": entry.master.bytes,
            "width": entry.master.width,
            "height": entry.master.height,
            "found_in_it": entry.master.found,
            "had_location": entry.master.had_location,
            "deleted": entry.master.erased_at and entry.master.erased_at.isoformat(),
        },
        "history": [
            {
                "at": step.at.isoformat(),
                "what": step.get_decision_display(),
                "by": step.by_name,
                "reason": step.reason,
            }
            for step in ReviewDecision.objects.of(entry)
        ],
    }
