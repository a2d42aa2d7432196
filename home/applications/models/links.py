"""Links in our mails that prove who asked, until they are pressed or too old."""

from django.db import models

from cms.core.models import PrivateModel


class Link(PrivateModel):
    """The link's token stands in the mail alone: here is its hash, so that whoever reads this table can press none.
    What was written waits in `facts`; pressing empties them."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10)
    facts = models.JSONField(default=dict)
    #: The row that pressing has made, so that pressing twice says the same twice.
    made = models.PositiveBigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
