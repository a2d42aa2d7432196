"""One entry of a feed, made from an article or a photograph. Its links work on any site."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.core.addresses import absolute_media_url, absolute_url
from cms.core.shared_lists import tell_each
from cms.images.sources import PublicPicture
from gallery.models.exhibits import Exhibit
from home.news.models import ArticlePage

#: Widest copy readers are given, in pixels. Unlike messengers they show it however much it weighs.
WIDEST = 1600


@dataclass(frozen=True)
class Item:
    #: The same for ever, whatever is renamed or moved: readers know by it what they have shown.
    id: str
    url: str
    title: str
    summary: str
    html: str
    author: str
    published: dt.datetime
    updated: dt.datetime
    #: Label and address of the licence of the words; for a photograph, of the picture. No address: all rights kept.
    licence: str
    licence_url: str
    #: `url`, `width`, `height`, `bytes`, `alt`, `credit`, `licence`, `licence_url`.
    picture: Mapping[str, Any] | None = None
    tags: list[str] = field(default_factory=list)


def of_exhibits(exhibits: Iterable[Exhibit]) -> list[Item]:
    return tell_each(exhibits, _of_exhibit)


def of_articles(articles: Any) -> list[Item]:
    return tell_each(articles.prefetch_related("tags").with_pictures(), _of_article)


def _of_exhibit(exhibit: Exhibit) -> Item:
    licence = exhibit.get_licence()
    picture = _facts(exhibit)
    url = absolute_url(exhibit.path)
    return Item(
        id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'exhibit:{exhibit.public_id}')}",
        url=url,
        title=exhibit.title,
        summary=exhibit.caption,
        html=_figure(picture) + format_html('<p dir="auto">{}</p>', exhibit.caption),
        author=exhibit.photographer_name or exhibit.credit,
        published=exhibit.hung_at,
        updated=exhibit.updated_at,
        licence=licence.label,
        licence_url=licence.url,
        picture=picture,
    )


def _of_article(article: ArticlePage) -> Item:
    published = _published(article)
    picture = _facts(article.lead.picture) if article.lead else None
    parts = [_figure(picture), format_html('<p dir="auto">{}</p>', article.standfirst)]
    parts += [_part(block) for block in article.body]
    licence = (
        format_html('<a rel="license" href="{}">{}</a>', article.licence_url, article.get_licence_display())
        if article.licence_url
        else article.get_licence_display()
    )
    parts.append(
        format_html(
            '<p>Words: {}. Pictures: see each credit. First published at <a href="{}">{}</a>.</p>',
            *(licence, article.canonical_url, article.canonical_url),
        )
    )
    return Item(
        id=f"urn:uuid:{article.translation_key}",
        url=article.canonical_url,
        title=article.title,
        summary=article.standfirst,
        html=mark_safe("\n".join(part for part in parts if part)),
        author=article.get_byline,
        published=published,
        updated=article.last_published_at or published,
        licence=article.get_licence_display(),
        licence_url=article.licence_url,
        picture=picture,
        tags=sorted(tag.name for tag in article.tags.all()),
    )


def _published(article: ArticlePage) -> dt.datetime:
    """The minute its embargo ended, or it went out; nine in the morning when its date is another day's."""
    if article.embargo_until:
        return article.embargo_until
    went_out = article.first_published_at
    if went_out and timezone.localdate(went_out) == article.date:
        return went_out
    dated = timezone.make_aware(dt.datetime.combine(article.date, dt.time(9)))
    return min(dated, went_out or dated) if dated > timezone.now() else dated


def _part(block: Any) -> SafeString:
    """One block for readers elsewhere, in the words of the API, which knows only complete addresses. A kind they
    could not use is left to the page itself."""
    kind, value = block.block_type, block.value
    if kind == "exhibit":
        return _figure(_facts(value))
    if kind == "picture":
        picture = _facts(value["image"])
        return _figure(picture and {**picture, "licence": "", "licence_url": ""})
    told = block.block.get_api_representation(value)
    if not told:
        return mark_safe("")
    if kind == "heading":
        return format_html('<h2 dir="auto">{}</h2>', told)
    if kind == "paragraph":
        return mark_safe(told["html"])
    if kind == "quote":
        speaker = ", ".join(part for part in (told["speaker"], told["post"]) if part)
        return format_html(
            '<blockquote><p dir="auto">{}</p></blockquote><p dir="auto">{}</p>', told["text"], speaker
        )
    if kind == "call_to_action":
        return format_html('<p>{} <a href="{}">{}</a></p>', told["words"], told["url"], told["button"])
    if kind == "media":
        return format_html('<p><a href="{}">{}</a> ({})</p>', told["url"], told["title"], told["provider"])
    return mark_safe("")


def _facts(picture: PublicPicture | None) -> dict[str, Any] | None:
    """`Item.picture`; None when other sites may not show it."""
    file = picture.sources.best_jpeg(max_width=WIDEST) if picture and picture.is_shared else None
    if picture is None or file is None:
        return None
    licence = picture.get_licence()
    return {
        "url": absolute_media_url(file["key"]),
        "width": file["width"],
        "height": file["height"],
        "bytes": file["bytes"],
        "alt": picture.alt_text,
        "credit": picture.credit_line,
        "licence": licence.label,
        "licence_url": licence.url,
    }


def _figure(picture: Mapping[str, Any] | None) -> SafeString:
    if picture is None:
        return mark_safe("")
    licence = conditional_escape(picture["licence"])
    if picture["licence_url"]:
        licence = format_html('<a rel="license" href="{}">{}</a>', picture["licence_url"], picture["licence"])
    words = format_html_join(". ", "{}", ((part,) for part in (picture["credit"], licence) if part))
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}" dir="auto">'
        '<figcaption dir="auto">{}</figcaption></figure>',
        *(picture["url"], picture["width"], picture["height"], picture["alt"], words),
    )
