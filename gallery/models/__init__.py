"""For Django's registry only. Import from the module you mean: public code may not see the private ones."""

from .consents import PicturedPerson
from .corrections import Suggestion
from .entries import Entry
from .exhibitions import Category, ExhibitionIndexPage, ExhibitionPage
from .exhibits import Exhibit, ExhibitLabel
from .failures import JobFailure
from .masters import Master
from .reports import Report
from .reviews import EntryReviewTask, ReviewDecision

__all__ = [
    "Category",
    "Entry",
    "EntryReviewTask",
    "Exhibit",
    "ExhibitLabel",
    "ExhibitionIndexPage",
    "ExhibitionPage",
    "JobFailure",
    "Master",
    "PicturedPerson",
    "Report",
    "ReviewDecision",
    "Suggestion",
]
