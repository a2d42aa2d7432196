"""One entry of a feed, made from an article or a photograph. Its links work on any site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gallery.models.exhibits import Exhibit
from home.blocks.picture import complete
from home.leads import SHARED_WIDTH
from home.models import ArticlePage


@dataclass(frozen=True)
class Item:
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
    return [_of_exhibit(exhibit) for exhibit in exhibits]


def of_articles(articles: Any) -> list[Item]:
    found = articles.prefetch_related("tags").with_pictures()
    return [_of_article(article) for article in found]


def _of_exhibit(exhibit: Exhibit) -> Item:
    licence = exhibit.get_licence()
    jpegs = [one for one in exhibit.sources_of("image/jpeg") if one["width"] <= SHARED_WIDTH]
    picture = None
    if jpegs:
        widest = jpegs[-1]
        picture = {
            "url": complete(widest["key"]),
            "width": widest["width"],
            "height": widest["height"],
            "bytes": widest["bytes"],
            "alt": exhibit.alt_text,
            "credit": exhibit.credit,
            "licence": licence.label,
            "licence_url": licence.url,
        }
    url = settings.BASE_URL + exhibit.path
    return Item(
        url=url,
        title=exhibit.title,
        summary=exhibit.caption,
        html=_figure(picture) + format_html("<p>{}</p>", exhibit.caption),
        author=exhibit.photographer_name or exhibit.credit,
        published=exhibit.hung_at,
        updated=exhibit.updated_at,
        licence=licence.label,
        licence_url=licence.url,
        picture=picture,
    )


def _of_article(article: ArticlePage) -> Item:
    published = _published(article)
    picture = article.lead.shared if article.lead else None
    parts = [_figure(picture), format_html("<p>{}</p>", article.standfirst)]
    parts += [_part(kind, told) for kind, told in _blocks(article)]
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
    return timezone.make_aware(dt.datetime.combine(article.date, dt.time(9)))


def _blocks(article: ArticlePage) -> list[tuple[str, Any]]:
    """Each block's kind with what the API says of it, which knows only complete addresses."""
    return [(one.block_type, one.block.get_api_representation(one.value)) for one in article.body]


def _part(kind: str, told: Any) -> SafeString:
    """One block for readers elsewhere. A kind they could not use is left to the page itself."""
    if not told:
        return mark_safe("")
    if kind == "heading":
        return format_html("<h2>{}</h2>", told)
    if kind == "paragraph":
        return mark_safe(told["html"])
    if kind == "quote":
        speaker = ", ".join(part for part in (told["speaker"], told["post"]) if part)
        return format_html("<blockquote><p>{}</p></blockquote><p>{}</p>", told["text"], speaker)
    if kind == "call_to_action":
        return format_html('<p>{} <a href="{}">{}</a></p>', told["words"], told["url"], told["button"])
    if kind == "media":
        return format_html('<p><a href="{}">{}</a> ({})</p>', told["url"], told["title"], told["provider"])
    if kind == "exhibit":
        return _figure(_of_document(told))
    if kind == "picture":
        return _figure(_widest(told, told["sources"], {"licence": "", "licence_url": ""}))
    return mark_safe("")


def _of_document(told: Mapping[str, Any]) -> dict[str, Any] | None:
    licence = {"licence": told["licence"]["label"], "licence_url": told["licence"]["url"] or ""}
    return _widest(told, told["image"]["sources"], licence)


def _widest(told: Mapping[str, Any], sources: list[dict], licence: dict[str, str]) -> dict[str, Any] | None:
    jpegs = sorted((one for one in sources if one["type"] == "image/jpeg"), key=lambda one: one["width"])
    fitting = [one for one in jpegs if one["width"] <= SHARED_WIDTH] or jpegs[:1]
    if not fitting:
        return None
    return {**fitting[-1], "alt": told["alt"], "credit": told["credit"], **licence}


def _figure(picture: Mapping[str, Any] | None) -> SafeString:
    if picture is None:
        return mark_safe("")
    licence = conditional_escape(picture["licence"])
    if picture["licence_url"]:
        licence = format_html('<a rel="license" href="{}">{}</a>', picture["licence_url"], picture["licence"])
    words = format_html_join(". ", "{}", ((part,) for part in (picture["credit"], licence) if part))
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}"><figcaption>{}</figcaption></figure>',
        *(picture["url"], picture["width"], picture["height"], picture["alt"], words),
    )
