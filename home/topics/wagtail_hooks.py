"""Registers; nothing else."""

from wagtail.snippets.models import register_snippet

from home.topics.viewsets import ImpactFigureViewSet, ThemeViewSet

register_snippet(ThemeViewSet)
register_snippet(ImpactFigureViewSet)
