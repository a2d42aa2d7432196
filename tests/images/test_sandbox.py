import io
import sys
import textwrap
import time
from pathlib import Path

import pytest
from PIL import Image

from cms.images import encode, formats
from cms.images.formats import Allowance, Limits
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import client
from cms.images.validate import inspect
from tests.images import builders

ROOT = Path(__file__).resolve().parents[2]


def refused(data: bytes, job: dict, allowance: Allowance) -> str:
    with pytest.raises(PhotoRefused) as refusal:
        list(client.run(io.BytesIO(data), job, allowance))
    return refusal.value.code


def test_memory_is_limited():
    narrow = Allowance(memory_bytes=180 * 1024 * 1024, cpu_seconds=10, wall_seconds=20)
    data = builders.saved(Image.new("RGB", (7000, 7000)), "PNG")
    assert refused(data, {"job": "inspect"}, narrow) == "too-heavy"
    assert inspect(io.BytesIO(data), limits=Limits()).width == 7000


def test_cpu_is_limited():
    noise = builders.saved(Image.effect_noise((2400, 2400), 90).convert("RGB"), quality=95)
    short = Allowance(memory_bytes=formats.ENCODING.memory_bytes, cpu_seconds=1, wall_seconds=60)
    credit = {"title": "x"}
    assert refused(noise, {"job": "ladder", "credit": credit}, short) == "too-heavy"


def test_the_wall_clock_is_limited():
    started = time.monotonic()
    instant = Allowance(memory_bytes=formats.INSPECTION.memory_bytes, cpu_seconds=10, wall_seconds=0)
    assert refused(builders.photo(), {"job": "inspect"}, instant) == "too-heavy"
    assert time.monotonic() - started < 5


def test_the_next_picture_is_not_harmed():
    for data in (builders.half_grey(), builders.photo()[:500], b"\xff\xd8\xff\xe0" + bytes(50)):
        with pytest.raises(PhotoRefused):
            inspect(io.BytesIO(data), limits=Limits())
    assert inspect(io.BytesIO(builders.photo()), limits=Limits()).width == 600


def test_a_half_read_ladder_leaves_no_process_behind(credit):
    made = encode.ladder(io.BytesIO(builders.photo(1800, 1200)), credit=credit)
    assert next(made).width == 1800
    made.close()
    assert list(encode.ladder(io.BytesIO(builders.photo(100, 50)), credit=credit))[-1].width == 100


def test_the_child_sees_no_secrets(monkeypatch):
    for name in ("SECRET_KEY", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL"):
        monkeypatch.setenv(name, "do not tell")
    assert "do not tell" not in client.environment().values()


def test_files_in_memory_and_on_disk_are_alike(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(builders.photo())
    with path.open("rb") as file:
        on_disk = inspect(file, limits=Limits())
        assert file.tell() == 0
    assert on_disk == inspect(io.BytesIO(path.read_bytes()), limits=Limits())


@pytest.mark.parametrize("name", ["vast_png", "vast_webp", "lying_avif", "animated_webp"])
def test_refusing_from_the_header_costs_next_to_nothing(name, tmp_path):
    """Measured in a fresh process: under a second of CPU and 50 MB, and no child was needed."""
    import subprocess

    path = tmp_path / "trap"
    path.write_bytes(getattr(builders, name)())
    script = textwrap.dedent(
        """
        import resource, sys, time
        from cms.images.validate import PhotoRefused, inspect, Limits
        before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        with open(sys.argv[1], "rb") as file:
            try:
                inspect(file, limits=Limits())
            except PhotoRefused:
                pass
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime == 0
        print(after - before, time.process_time() - started)
        """
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    kilobytes, seconds = map(float, answer.stdout.split())
    assert kilobytes < 50_000
    assert seconds < 1
