from pathlib import Path

import pytest

from cms.images.credit import Credit

SHARED = Path(__file__).resolve().parents[3] / "shared"

CREDIT = Credit(
    title="A “title” & <b>",
    creator="Zoë Żółć",
    credit_line="Photo: Zoë Żółć, Calderwick University",
    copyright_notice="© 2026 Zoë Żółć",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    usage_terms="CC BY 4.0",
    web_statement="https://portal.example/exhibitions/2026/x7Kp2Q-bench/",
    source="Calderwick University",
    alt_text="A bench with \"tools\" & 'lamps' <5 & >3",
)


@pytest.fixture
def credit() -> Credit:
    return CREDIT


def shared_files(folder: str) -> list[Path]:
    """The files of a folder of test material that lies beside the project, if it does."""
    place = SHARED / folder
    return sorted(path for path in place.iterdir() if path.suffix != ".tsv") if place.is_dir() else []


@pytest.fixture(autouse=True)
def _pictures_remembered() -> None:
    """Not here, where looking and encoding are what is tested."""
