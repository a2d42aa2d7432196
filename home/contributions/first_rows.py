"""For migrations that make a page people may contribute to."""

from typing import Any

from cms.core.migration_tools import make_group, make_permission


def open_to_contributors(apps: Any, page: Any) -> None:
    """Contributors may add pages below it, and an editor reads each before it appears."""
    apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
        group=make_group(apps, "Contributors"),
        page_id=page.pk,
        permission=make_permission(apps, "wagtailcore", "page", "add_page"),
    )
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get(name="the editors")
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page_id=page.pk)
