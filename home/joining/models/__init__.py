from .lists import Interest, NetworkMember
from .mentoring import MentoringApplication

__all__ = ["Interest", "MentoringApplication", "NetworkMember"]
