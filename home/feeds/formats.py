"""The three formats. RSS and Atom are Django's, with the picture, its description and the licences added."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed

from cms.core.addresses import absolute_url
from home.feeds.channels import Feed
from home.feeds.items import Item

MEDIA = "http://search.yahoo.com/mrss/"
CREATIVE_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
CONTENT = "http://purl.org/rss/1.0/modules/content/"


class Rss(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def root_attributes(self) -> dict[str, str]:
        modules = {"xmlns:media": MEDIA, "xmlns:creativeCommons": CREATIVE_COMMONS, "xmlns:content": CONTENT}
        return {**super().root_attributes(), **modules}

    def add_item_elements(self, handler: Any, item: dict) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["html"])
        if item["licence_url"]:
            handler.addQuickElement("creativeCommons:license", item["licence_url"])
        _media(handler, item["picture"])


class Atom(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: dict) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})
        if item["licence_url"]:
            handler.addQuickElement("link", "", {"rel": "license", "href": item["licence_url"]})
        _media(handler, item["picture"])


def _media(handler: Any, picture: dict | None) -> None:
    if picture is None:
        return
    size = {name: str(picture[name]) for name in ("url", "width", "height")}
    handler.startElement("media:content", {**size, "medium": "image", "type": "image/jpeg"})
    handler.addQuickElement("media:description", picture["alt"], {"type": "plain"})
    handler.addQuickElement("media:credit", picture["credit"], {"role": "photographer"})
    licence = {"href": picture["licence_url"], "type": "text/html"} if picture["licence_url"] else {}
    handler.addQuickElement("media:license", picture["licence"], licence)
    handler.endElement("media:content")


def written(ending: str, feed: Feed, items: Sequence[Item], *, site: str, updated: dt.datetime) -> tuple[str, str]:
    """The feed's text and its content type."""
    here = f"{settings.BASE_URL}/feeds/{feed.path}.{ending}"
    if ending == "json":
        return _json(feed, items, site, here), "application/feed+json; charset=utf-8"
    kind = Rss if ending == "rss" else Atom
    document = kind(
        title=f"{feed.title} · {site}",
        link=absolute_url(feed.link),
        description=feed.about,
        language="en-gb",
        author_name=site,
        feed_url=here,
        feed_guid=here,
    )
    document.latest_post_date = lambda: updated  # type: ignore[method-assign]
    for item in items:
        enclosure = None
        if item.picture:
            enclosure = [Enclosure(item.picture["url"], str(item.picture["bytes"]), "image/jpeg")]
        document.add_item(
            title=item.title,
            link=item.url,
            description=item.summary,
            unique_id=item.id,
            unique_id_is_permalink=False,
            author_name=item.author or None,
            pubdate=item.published,
            updateddate=item.updated,
            categories=item.tags,
            enclosures=enclosure,
            item_copyright=item.licence,
            html=item.html,
            picture=item.picture,
            licence_url=item.licence_url,
        )
    return document.writeString("utf-8"), kind.content_type


def _json(feed: Feed, items: Sequence[Item], site: str, here: str) -> str:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/. What has no field of its own stands under `_portal`."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{feed.title} · {site}",
        "home_page_url": absolute_url(feed.link),
        "feed_url": here,
        "description": feed.about,
        "language": "en-GB",
        "items": [_json_item(item) for item in items],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _json_item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": item.published.isoformat(timespec="seconds"),
        "date_modified": item.updated.isoformat(timespec="seconds"),
        "language": "en-GB",
        "_portal": {"licence": {"label": item.licence, "url": item.licence_url or None}, "picture": item.picture},
    }
    if item.author:
        told["authors"] = [{"name": item.author}]
    if item.tags:
        told["tags"] = item.tags
    if item.picture:
        told["image"] = item.picture["url"]
        told["attachments"] = [
            {
                "url": item.picture["url"],
                "mime_type": "image/jpeg",
                "title": item.picture["alt"],
                "size_in_bytes": item.picture["bytes"],
            }
        ]
    return told
