"""Articles under the real list of news, as an editor publishes them."""

import datetime as dt
import itertools

from cms.people.models import User
from home.news.models import ArticlePage, NewsIndexPage

_numbers = itertools.count(1)


def make_article(*, tags: tuple[str, ...] = (), by: User | None = None, publish: bool = True, **facts: object):
    """Newer the later it is made, unless `date` says otherwise."""
    number = next(_numbers)
    day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
    page = ArticlePage(
        **{
            "title": f"Article {number}",
            "slug": f"article-{number}",
            "standfirst": f"What article {number} is about.",
            "date": day,
            "body": [("paragraph", "<p>It happened on a Tuesday.</p>")],
            "live": False,
            "owner": by,
            **facts,
        }
    )
    page.tags.add(*tags)
    NewsIndexPage.objects.get().add_child(instance=page)
    revision = page.save_revision(user=by)
    if publish:
        revision.publish(user=by, skip_permission_checks=True)
    return ArticlePage.objects.get(pk=page.pk)
