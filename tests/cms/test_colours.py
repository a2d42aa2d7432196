import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.core.colours import DARK_GROUND, LEAST_CONTRAST, LIGHT_GROUND, Accents, contrast, legible
from cms.core.models import PortalSettings
from home.pages.models import HomePage

TOKENS = (Path(__file__).resolve().parents[2] / "cms/static/cms/css/base.css").read_text()
AWKWARD = ["#ffff00", "#000000", "#ffffff", "#7a0019", "#00ff00", "#808080", "#fefefe", "#010101", "#1b438f"]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == 21.0
    assert contrast("#777777", "#ffffff") == 4.48
    assert contrast("#ffffff", "#777777") == 4.48


@pytest.mark.parametrize("colour", AWKWARD)
def test_any_colour_becomes_legible_in_both_schemes(colour: str) -> None:
    own = Accents.of(colour)
    for ground, accent, strong, on in (
        (LIGHT_GROUND, own.light, own.light_strong, own.on_light),
        (DARK_GROUND, own.dark, own.dark_strong, own.on_dark),
    ):
        assert contrast(accent, ground) >= LEAST_CONTRAST
        assert contrast(strong, ground) >= LEAST_CONTRAST
        assert contrast(on, accent) >= LEAST_CONTRAST


def test_a_legible_colour_is_left_alone() -> None:
    assert legible("#1b438f", LIGHT_GROUND) == "#1b438f"


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    assert f"--ground: {LIGHT_GROUND};" in light
    assert f"--surface: {DARK_GROUND};" in dark


@pytest.mark.django_db
def test_pages_wear_the_institutions_colour(client: Client) -> None:
    assert "--own-accent" not in client.get("/").content.decode()
    settings = PortalSettings.for_site(HomePage.objects.get().get_site())
    settings.colour = "#FFDD00"
    settings.full_clean()
    settings.save()
    style = re.search(r'<html lang="en-GB" style="([^"]*)">', client.get("/").content.decode())[1]
    worn = dict(part.split(":") for part in style.split(";"))
    assert worn["--own-accent-dark"] == "#ffdd00"
    assert contrast(worn["--own-accent"], LIGHT_GROUND) >= LEAST_CONTRAST
    assert worn["--own-accent"] != "#ffdd00"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["red", "#12345", "#1234567", "url(x)", "#12345g", "#123456;x"])
def test_only_a_colour_is_taken(wrong: str) -> None:
    with pytest.raises(ValidationError):
        PortalSettings(site=HomePage.objects.get().get_site(), colour=wrong).full_clean()
