import pytest

from cms.core.players import player


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
        (
            "https://soundcloud.com/made-up/a-night-shift",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fmade-up%2Fa-night-shift&auto_play=true",
        ),
    ],
)  # fmt: skip
def test_a_pasted_address_finds_its_player(address: str, frame: str) -> None:
    found = player(address)
    assert found is not None
    assert found.frame == frame
    assert found.frame.startswith(found.origin)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/@channel",
        'https://www.youtube.com/watch?v="><script>',
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/https://youtu.be/dQw4w9WgXcQ",
        "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/about",
        "https://soundcloud.com/made-up",
        "https://[",
    ],
)
def test_anything_else_finds_none(address: str) -> None:
    assert player(address) is None
