"""For Django's registry only. Import from the module you mean: public code may not see the private ones."""

from .changes import Change, Clock
from .consents import PicturedPerson
from .entries import Entry
from .exhibitions import Category, ExhibitionIndexPage, ExhibitionPage
from .exhibits import Exhibit, ExhibitLabel
from .masters import Master
from .purges import Purge
from .reports import Report
from .reviews import EntryReviewTask, ReviewDecision
from .troubles import Trouble

__all__ = [
    "Category",
    "Change",
    "Clock",
    "Entry",
    "EntryReviewTask",
    "Exhibit",
    "ExhibitLabel",
    "ExhibitionIndexPage",
    "ExhibitionPage",
    "Master",
    "PicturedPerson",
    "Purge",
    "Report",
    "ReviewDecision",
    "Trouble",
]
