"""News, interviews, voices, press releases: one page type, told apart by kind and tier."""

import datetime as dt
from typing import Any

from django import forms
from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms.core.addresses import absolute_url
from cms.core.dates import DayField, MomentField
from cms.core.fields import BodyField
from cms.core.forms import PortalPageForm
from cms.core.listing import listed
from cms.core.models import StandfirstPage
from cms.images.models import ContentLicence
from cms.images.sources import share_card
from cms.people.models import Department, ProfileKey
from gallery.blocks import ExhibitBlock
from home.blocks.body import BODY_BLOCKS
from home.blocks.enums import ArticleKind
from home.blocks.picture import PictureBlock
from home.news import lead_pictures
from home.news.plain_text import plain_text

RELATED = 3
PICTURES_LICENCE = "See the credit and licence of each picture."


class Tier(models.TextChoices):
    """Where it stands among the others."""

    FEATURE = "feature", "Main feature"
    VOICES = "voices", "Voices"
    NEWS = "news", "News"
    RESPONSES = "responses", "Responses"
    RESOURCES = "resources", "Resources"


class ArticleQuerySet(PageQuerySet):
    def shown(self, now: dt.datetime | None = None) -> "ArticleQuerySet":
        """What anybody may be told of at `now`."""
        return listed(self, now)

    def newest(self) -> "ArticleQuerySet":
        return self.select_related("author").order_by("-date", "-pk")

    def features_first(self) -> "ArticleQuerySet":
        """Main features, then everything else, each newest first."""
        place = Case(When(tier=Tier.FEATURE, then=Value(0)), default=Value(1))
        return self.select_related("author").order_by(place, "-date", "-pk")

    def about_department(self, department: Department) -> "ArticleQuerySet":
        return self.filter(departments=department)

    def by(self, slug: str) -> "ArticleQuerySet":
        """Written by the technician whose profile has this slug."""
        return self.filter(author=slug)

    def with_pictures(self) -> "list[ArticlePage]":
        """Fetches, lead pictures included: at most two queries more, however many there are."""
        articles = list(self)
        leads = lead_pictures.read_leads(article.lead_picture.raw_data for article in articles)
        for article, lead in zip(articles, leads, strict=True):
            article.lead = lead
        return articles


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePageForm(PortalPageForm):
    """An article dated ahead would head every list until its day, unless it appears on it."""

    def clean(self) -> dict:
        cleaned = super().clean()
        known = [moment for name in ("go_live_at", "embargo_until") if (moment := cleaned.get(name))]
        if (day := cleaned.get("date")) and day > max(map(timezone.localdate, [timezone.now(), *known])):
            self.add_error(
                "date", "This day is still to come. Give today’s, or say on its timetable when it appears."
            )
        return cleaned


class ArticlePage(StandfirstPage):
    """One story. A press release may carry an embargo: until that minute it is not live, and should anything make
    it live all the same, `withheld` and `serve` keep it back."""

    base_form_class = ArticlePageForm

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    listed_as = "News"

    kind = models.CharField(
        max_length=20, choices=ArticleKind, default=ArticleKind.NEWS, help_text="Stands in words on its card."
    )
    tier = models.CharField(
        "place",
        max_length=20,
        choices=Tier,
        default=Tier.NEWS,
        help_text="Main features come first on the home page. Most things are News.",
    )
    standfirst = models.TextField(
        max_length=300, help_text="One or two sentences under the title, and on every card."
    )
    author = ProfileKey(
        verbose_name="written by",
        help_text="A technician who shows a profile. The name on the article then leads there.",
    )
    byline = models.CharField(
        max_length=160, blank=True, help_text="Who wrote it, if it is somebody else or more than one person."
    )
    date = DayField(default=timezone.localdate, help_text="As it stands on the article.")
    lead_picture = BodyField(
        [("exhibit", ExhibitBlock()), ("picture", PictureBlock())],
        blank=True,
        max_num=1,
        help_text="From the exhibition, or from the library. Its credit comes along.",
    )
    body = BodyField(BODY_BLOCKS, blank=True)

    tags = ClusterTaggableManager(
        through=ArticleTag, blank=True, help_text="Two or three. Articles that share them lead to each other."
    )
    departments = ParentalManyToManyField(Department, blank=True, related_name="+")
    themes = ParentalManyToManyField("topics.Theme", blank=True, related_name="+")
    chosen_related = BodyField(
        [("article", blocks.PageChooserBlock(page_type="news.ArticlePage", label="Article"))],
        blank=True,
        max_num=RELATED,
        verbose_name="read next",
        help_text="Up to three. Left empty, articles with the same tags stand here.",
    )

    licence = models.CharField(
        "licence of the words",
        max_length=20,
        choices=ContentLicence,
        default=ContentLicence.CC_BY_NC_SA,
        help_text="What others may do with the text. Pictures keep their own.",
    )
    exclusive = models.BooleanField(default=False, help_text="Written for us, and published nowhere before.")

    embargo_until = MomentField(
        null=True,
        blank=True,
        help_text="Nobody outside sees it before this minute. The press group finds it at /desk/press/ once you "
        "have pressed Publish.",
    )
    notes_for_editors = models.TextField(blank=True, help_text="Facts a newspaper wants to check. Plain text.")
    press_contact = models.CharField(max_length=200, blank=True, help_text="Name, telephone, e-mail.")

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel(
            "lead_picture",
            help_text="Press the plus and choose where it is from. Its credit and description come along.",
        ),
        FieldPanel(
            "body",
            help_text="Press the plus and choose Paragraph to start writing. Headings, pictures and quotes are "
            "added the same way.",
        ),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("tier"), FieldPanel("date")], heading="What and when"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("byline")], heading="Who wrote it"),
        MultiFieldPanel(
            [
                FieldPanel("tags"),
                FieldPanel("departments", widget=forms.CheckboxSelectMultiple),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("chosen_related"),
            ],
            heading="What it belongs to",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("licence"), FieldPanel("exclusive")], heading="Licence of the words", classname="collapsed"
        ),
        MultiFieldPanel(
            [FieldPanel("embargo_until"), FieldPanel("notes_for_editors"), FieldPanel("press_contact")],
            heading="For press releases: embargo, notes, contact",
            classname="collapsed",
        ),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("body"),
        index.SearchField("byline"),
        index.FilterField("kind"),
        index.FilterField("tier"),
        index.FilterField("embargo_until"),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("kind"),
        APIField("tier"),
        APIField("date"),
        APIField("standfirst"),
        APIField("byline", serializer=lead_pictures.ReadOnly("get_byline")),
        APIField("author", serializer=lead_pictures.ReadOnly("author_facts")),
        APIField("lead_picture"),
        APIField("body"),
        APIField("text", serializer=lead_pictures.ReadOnly("text")),
        APIField("tags", serializer=lead_pictures.ReadOnly("tag_names")),
        APIField("departments", serializer=lead_pictures.ReadOnly("department_facts")),
        APIField("themes", serializer=lead_pictures.ReadOnly("theme_facts")),
        APIField("licence", serializer=lead_pictures.ReadOnly("licence_facts")),
        APIField("pictures_licence", serializer=lead_pictures.ReadOnly("pictures_licence")),
        APIField("canonical_url", serializer=lead_pictures.ReadOnly("canonical_url")),
        APIField("exclusive"),
        APIField("notes_for_editors"),
        APIField("press_contact"),
    ]
    pictures_licence = PICTURES_LICENCE

    objects = PageManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = "article"
        permissions = [("see_embargoed", "Can see articles under embargo")]
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="article_newest")]

    def clean(self) -> None:
        """The embargo is kept by Wagtail's own timetable: until the minute `live` is false for everybody."""
        super().clean()
        if self.embargo_until:
            self.go_live_at = self.embargo_until
        elif self.go_live_at and self.pk and self.latest_revision_id:
            before = self.get_latest_revision_as_object()
            if before.embargo_until == self.go_live_at:
                self.go_live_at = None  # type: ignore[assignment]

    @classmethod
    def withheld(cls, now: dt.datetime) -> models.QuerySet:
        return cls.objects.filter(embargo_until__gt=now)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.embargo_until and self.embargo_until > timezone.now():
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "related": self.related(),
            "news_address": self.address.rsplit("/", 2)[0] + "/",
        }

    # --- What others say of it

    @cached_property
    def lead(self) -> lead_pictures.LeadPicture | None:
        return lead_pictures.read_leads([self.lead_picture.raw_data])[0]

    @property
    def shown_author(self) -> Any:
        """Their profile, None while they do not show one."""
        if "author" in self._state.fields_cache:
            return self.author
        if self.author_id is None:
            return None
        return ArticlePage._meta.get_field("author").related_model.objects.filter(pk=self.author_id).first()

    @property
    def get_byline(self) -> str:
        author = self.shown_author
        return self.byline or (author.name if author else "")

    @property
    def licence_url(self) -> str:
        return ContentLicence(self.licence).url

    @property
    def canonical_url(self) -> str:
        return absolute_url(self.address)

    @property
    def text(self) -> str:
        """The words alone: no description or caption of a picture ever stands among them."""
        return plain_text([("paragraph", self.standfirst), *((b.block_type, b) for b in self.body)])

    @property
    def tag_names(self) -> list[str]:
        return sorted(tag.name for tag in self.tags.all())

    @property
    def department_facts(self) -> list[dict]:
        return [{"slug": one.slug, "name": one.name} for one in self.departments.all()]

    @property
    def theme_facts(self) -> list[dict]:
        return [{"slug": one.slug, "name": one.name} for one in self.themes.all()]

    @property
    def licence_facts(self) -> dict:
        return {"code": self.licence, "label": self.get_licence_display(), "url": self.licence_url or None}

    @property
    def author_facts(self) -> dict | None:
        author = self.shown_author
        return {"slug": author.slug, "name": author.name, "url": absolute_url(author.path)} if author else None

    @property
    def share_picture(self) -> dict | None:
        return share_card([self.lead.picture]) if self.lead else None

    @property
    def structured_data(self) -> dict | None:
        news = self.kind in {ArticleKind.NEWS, ArticleKind.PRESS_RELEASE}
        facts: dict[str, Any] = {
            "@type": "NewsArticle" if news else "Article",
            "headline": self.title,
            "description": self.standfirst,
            "url": self.canonical_url,
            "mainEntityOfPage": self.canonical_url,
            "datePublished": self.date.isoformat(),
        }
        if self.last_published_at:
            facts["dateModified"] = self.last_published_at.isoformat()
        if author := self.author_facts:
            facts["author"] = {"@type": "Person", "name": author["name"], "url": author["url"]}
        elif self.byline:
            facts["author"] = {"@type": "Person", "name": self.byline}
        if self.share_picture:
            facts["image"] = self.share_picture["url"]
        if self.licence_url:
            facts["license"] = self.licence_url
        return facts

    def related(self, now: dt.datetime | None = None) -> "list[ArticlePage]":
        """What to read next: the editor's choice in its order, then those that share most tags. Never itself."""
        chosen = [row["value"] for row in self.chosen_related.raw_data if row["value"]]
        order = Case(
            *(When(pk=pk, then=Value(place)) for place, pk in enumerate(chosen)), default=Value(len(chosen))
        )
        mine = [tag.pk for tag in self.tags.all()]
        of_each = ArticleTag.objects.filter(content_object=OuterRef("pk"), tag__in=mine).order_by()
        shared = of_each.values("content_object").annotate(number=Count("pk")).values("number")
        near = ArticlePage.objects.shown(now).annotate(place=order, shared=Coalesce(Subquery(shared), 0))
        found = near.exclude(pk=self.pk).filter(Q(pk__in=chosen) | Q(shared__gt=0)).select_related("author")
        return found.order_by("place", "-shared", "-date", "-pk")[:RELATED].with_pictures()
