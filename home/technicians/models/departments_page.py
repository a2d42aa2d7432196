from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import path

from cms.core.addresses import absolute_url
from cms.core.context import portal
from cms.core.routed_page import PageMeta, RoutedPage
from cms.people.models import Department, Profile
from gallery.cards import fill_card
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from home.news.models.article_page import ArticlePage
from home.technicians.directory import LONGEST
from home.technicians.models.facility import Facility

#: Photographs on a department's page. The walls have the rest.
SHOWN = 12
MOST_NEWS = 6


class DepartmentsPage(RoutedPage):
    """Every department, each department at `/departments/<slug>/`, and what they have for others to use."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    fixed_slug = "departments"

    @path("")
    def every(self, request: HttpRequest) -> HttpResponse:
        departments = Department.objects.order_by("faculty", "name")
        return self.render(request, context_overrides={"departments": list(departments)})

    @path("facilities/")
    def facilities(self, request: HttpRequest) -> HttpResponse:
        """Found by any of its names. One query."""
        words = request.GET.get("q", "").strip()[:LONGEST]
        every = Facility.objects.select_related("department", "contact").order_by("name")
        context = {
            "words": words,
            "facilities": [facility for facility in every if facility.says(words)],
            "page_meta": PageMeta(
                "What you can use",
                f"{self.address}facilities/",
                "Equipment and services of our departments, and the technician to ask for each.",
            ),
        }
        return self.render(request, template="technicians/facilities.html", context_overrides=context)

    @path("<slug:slug>/")
    def one(self, request: HttpRequest, slug: str) -> HttpResponse:
        department = Department.objects.filter(slug=slug).first()
        if department is None:
            raise Http404
        people = list(Profile.objects.filter(department=department).select_related("department", "portrait"))
        hanging = Exhibit.objects.on_wall().filter(department=department)
        newest = hanging.order_by("-hung_at", "public_id").values_list("card", flat=True)
        theirs = hanging.order_by().filter(exhibition=OuterRef("pk")).values("exhibition")
        walls = ExhibitionPage.objects.annotate(photographs=Subquery(theirs.values(photographs=Count("pk"))))
        context = {
            "department": department,
            "page_meta": _meta_of(department, portal(request)["portal"].institution),
            "people": people,
            "facilities": list(department.facilities.select_related("contact")),
            "cards": [fill_card(card) for card in newest[:SHOWN]],
            "walls": list(walls.filter(photographs__gt=0).order_by("-on_show_from")),
            "news": list(ArticlePage.objects.about_department(department).shown().newest()[:MOST_NEWS]),
        }
        return self.render(request, template="technicians/department.html", context_overrides=context)


def _meta_of(department: Department, institution: str) -> PageMeta:
    address = f"/departments/{department.slug}/"
    facts = {
        "@type": "Organization",
        "@id": absolute_url(address),
        "url": absolute_url(address),
        "name": department.name,
        "alternateName": department.code,
        "description": department.blurb,
        "location": department.campus,
        "parentOrganization": {"@type": "CollegeOrUniversity", "name": institution},
    }
    known = {name: value for name, value in facts.items() if value}
    return PageMeta(department.name, address, department.blurb, structured_data=known)
