from home.applications.models.links import Link
from home.applications.models.lists import Interest, NetworkMember
from home.applications.models.mentoring import MentoringApplication

__all__ = ["Interest", "Link", "MentoringApplication", "NetworkMember"]
