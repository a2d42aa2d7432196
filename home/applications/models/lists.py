"""Names people have put down themselves, each confirmed by a link in a mail before there is a row."""

from django.db import models
from django.db.models.functions import Lower
from wagtail.models import Page

from cms.core.models import PrivateModel
from cms.people.models import Department


class NetworkMember(PrivateModel):
    name = models.CharField(max_length=120)
    email = models.EmailField()
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_membership_per_email")]

    def __str__(self) -> str:
        return self.name


class Interest(PrivateModel):
    """Would like to hear about one page: an outreach Saturday, an apprenticeship when it opens again."""

    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+")
    page_title = models.CharField(max_length=255)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    put_down_at = models.DateTimeField()

    class Meta:
        ordering = ["page_title", "put_down_at", "pk"]
        constraints = [models.UniqueConstraint("page", Lower("email"), name="one_interest_per_page_and_email")]

    def __str__(self) -> str:
        return f"{self.name or self.email}: {self.page_title}"
