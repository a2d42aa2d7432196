from .mentoring import MentoringApplication

__all__ = ["MentoringApplication"]
