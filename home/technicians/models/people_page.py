from django.conf import settings
from django.db.models import Exists, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from wagtail.contrib.routable_page.models import path

from cms.core.addresses import absolute_url
from cms.core.context import portal
from cms.core.listing import open_to_all
from cms.core.routed_page import PageMeta, RoutedPage
from cms.images.sources import share_card
from cms.people.models import Profile
from gallery.cards import fill_card
from gallery.models.exhibits import Exhibit
from home.news.models.article_page import ArticlePage
from home.technicians.blocks import made_by
from home.technicians.directory import directory, with_newest_photograph
from home.technicians.models.case_study_page import CaseStudyPage

#: Articles by somebody on their page.
MOST_NEWS = 6


class PeoplePage(RoutedPage):
    """Everybody who shows a profile, and each profile at `/people/<slug>/`."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    fixed_slug = "people"

    @path("")
    def everybody(self, request: HttpRequest) -> HttpResponse:
        context = directory(request.GET)
        return self.render(
            request, context_overrides={**context, "people": with_newest_photograph(context["people"])}
        )

    @path("<slug:slug>/")
    def one(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One profile. Whoever hides it and whoever never had one get the same answer."""
        profile = Profile.objects.select_related("department", "role_family", "portrait").filter(pk=slug).first()
        if profile is None:
            return self.render(request, template="technicians/profile_missing.html", status=404)
        exhibits = list(
            Exhibit.objects.on_wall()
            .filter(photographer_slug=slug)
            .select_related("exhibition")
            .defer("document", "search_text")
            .order_by("-hung_at", "public_id")
        )
        stories = list(CaseStudyPage.objects.about(slug).shown())
        has_portrait = profile.portrait is not None and bool(profile.portrait.sources)
        great = exhibits[0] if exhibits and not has_portrait else None
        context = {
            "profile": profile,
            "page_meta": meta_of(profile, exhibits, institution=portal(request)["portal"].institution),
            "great": great,
            "cards": [fill_card(exhibit.card) for exhibit in exhibits if exhibit != great],
            "stories": [page for page in stories if page.profile_id == slug],
            "made": made_by(slug, stories),
            "news": list(ArticlePage.objects.by(slug).shown().newest()[:MOST_NEWS]),
        }
        return self.render(request, template="technicians/profile.html", context_overrides=context)

    def render(self, request: HttpRequest, *args: object, status: int = 200, **kwargs: object) -> HttpResponse:
        response = super().render(request, *args, **kwargs)
        response.status_code = status
        return response


def open_profiles() -> QuerySet[Profile]:
    """Profiles that anybody may see: nobody's, as long as no public page shows them."""
    return Profile.objects.filter(Exists(open_to_all(PeoplePage.objects.all())))


def meta_of(profile: Profile, exhibits: list[Exhibit], *, institution: str) -> PageMeta:
    """How other sites introduce somebody: only what their profile says, with their portrait or the newest
    photograph of theirs that other sites may show."""
    return PageMeta(
        title=", ".join(part for part in (profile.name, profile.registration) if part),
        address=profile.path,
        introduction=Truncator(" ".join(part for part in (f"{profile.role}.", profile.bio) if part)).chars(200),
        share_picture=share_card([profile.portrait, *exhibits]),
        structured_data=_person(profile, institution),
    )


def _person(profile: Profile, institution: str) -> dict:
    facts = {
        "@type": "Person",
        "@id": absolute_url(profile.path),
        "url": absolute_url(profile.path),
        "name": profile.name,
        "honorificSuffix": profile.registration,
        "jobTitle": profile.role,
        "description": profile.bio,
        "knowsAbout": profile.skills,
        "worksFor": {
            "@type": "Organization",
            "name": profile.department.name,
            "url": f"{settings.BASE_URL}/departments/{profile.department.slug}/",
            "parentOrganization": {"@type": "CollegeOrUniversity", "name": institution},
        },
    }
    return {name: value for name, value in facts.items() if value}
