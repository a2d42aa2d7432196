"""What migrations need to put first rows into a new database.

They are given historical models by `apps`, so nothing here imports a model.
"""

from typing import Any


def make_group(apps: Any, name: str) -> Any:
    return apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]


def make_permission(apps: Any, app_label: str, model: str, codename: str, name: str = "") -> Any:
    """By hand, because Django makes permissions only after all migrations have run."""
    content_type = make_content_type(apps, app_label, model)
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": name or f"Can {codename.replace('_', ' ')}"},
    )[0]


def make_content_type(apps: Any, app_label: str, model: str) -> Any:
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)[0]


def add_page_below_home(apps: Any, app_label: str, model: str, *, title: str, slug: str) -> Any:
    """A live page in the menu, after the other pages below home."""
    Page = apps.get_model("wagtailcore", "Page")
    home = Page.objects.get(depth=2)
    page = apps.get_model(app_label, model).objects.create(
        title=title,
        draft_title=title,
        slug=slug,
        content_type=make_content_type(apps, app_label, model.lower()),
        path=f"{home.path}{home.numchild + 1:04}",  # treebeard counts in base 36; nine pages are not reached here
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}{slug}/",
        locale_id=home.locale_id,
        live=True,
        show_in_menus=True,
    )
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)
    return page
