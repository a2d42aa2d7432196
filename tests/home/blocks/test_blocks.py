import pytest
from wagtail.blocks import StructBlockValidationError

from cms.images.models import PortalImage
from home.blocks.call_to_action import CallToActionBlock
from home.blocks.picture import PictureBlock
from home.blocks.quote import QuoteBlock
from home.pages.models import HomePage, StandardPage


def add(**facts: object) -> StandardPage:
    return HomePage.objects.get().add_child(instance=StandardPage(title="A page", **facts))


@pytest.mark.django_db
def test_a_button_leads_to_a_page_or_an_address_complete_for_other_sites(settings: object) -> None:
    settings.BASE_URL = "https://portal.example"
    block = CallToActionBlock()
    page = add(slug="there")
    words = {"words": "Come along.", "button": "Book"}
    inside = block.to_python({**words, "page": page.pk, "address": ""})
    outside = block.to_python({**words, "page": None, "address": "https://elsewhere.example/x"})
    assert block.get_api_representation(inside) == {**words, "url": "https://portal.example/there/"}
    assert block.get_api_representation(outside) == {**words, "url": "https://elsewhere.example/x"}
    assert 'href="/there/"' in block.render(inside)
    page.unpublish()
    gone = block.to_python({**words, "page": page.pk, "address": ""})
    assert block.get_api_representation(gone) is None
    assert "Come along" not in block.render(gone)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "ftp://example.org/", "not an address"])
def test_a_button_takes_no_strange_address(address: str) -> None:
    block = CallToActionBlock()
    value = block.to_python({"words": "Come", "button": "Go", "page": None, "address": address})
    with pytest.raises(StructBlockValidationError):
        block.clean(value)


def test_a_quote_gives_text_and_speaker_apart() -> None:
    block = QuoteBlock()
    value = block.to_python(
        {"text": "Just a Tuesday.", "speaker": "Callum", "post": "Apprentice", "portrait": None}
    )
    assert block.get_api_representation(value) == {
        "text": "Just a Tuesday.",
        "speaker": "Callum",
        "post": "Apprentice",
        "portrait": None,
    }
    assert '<p dir="auto">Just a Tuesday.</p></blockquote>' in block.render(value)


@pytest.mark.django_db
def test_a_picture_brings_description_credit_and_complete_addresses(settings: object) -> None:
    settings.BASE_URL, settings.MEDIA_URL = "https://portal.example", "/media/"
    image = PortalImage(
        title="IMG_2041.JPG",
        width=4,
        height=3,
        alt_text="A lathe.",
        creator="Ann",
        colour="#112233",
        placeholder="x",
    )
    image.sources = [{"type": "image/jpeg", "width": 4, "height": 3, "key": "library/a.jpg", "bytes": 9}]
    facts = PictureBlock().get_api_representation({"image": image, "caption": "Monday."})
    assert facts == {
        "width": 4,
        "height": 3,
        "alt": "A lathe.",
        "credit": "Photo: Ann",
        "colour": "#112233",
        "placeholder": "x",
        "caption": "Monday.",
        "sources": [
            {
                "type": "image/jpeg",
                "width": 4,
                "height": 3,
                "bytes": 9,
                "url": "https://portal.example/media/library/a.jpg",
            }
        ],
    }
    text = PictureBlock().render({"image": image, "caption": "Monday."})
    assert 'alt="A lathe."' in text
    assert "IMG_2041" not in text
    image.sources = []
    assert "<img" not in PictureBlock().render({"image": image, "caption": "Monday."})
