"""Figures, registers and who grants them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from home.models import ImpactFigure


class ImpactFigureFactory(DjangoModelFactory):
    class Meta:
        model = ImpactFigure

    name = factory.Sequence(lambda n: f"things counted {n}")
    value = 36
    as_of = dt.date(2026, 11, 20)
    source = "Staff record"
