"""Doorbells. A job only says that there may be something to do; the rows say what.

The queue never repeats a job whose worker died, so `tend` looks at the rows and rings again. Arguments are ids
only: they stand in the task table in plain text. Jobs find their service by name, because services ring them.
"""

from django.utils.module_loading import import_string
from django_tasks import task


@task()
def hang(entry_id: int) -> None:
    import_string("gallery.services.hanging.hang_if_due")(entry_id=entry_id)


@task()
def sweep(entry_id: int) -> None:
    import_string("gallery.services.hanging.sweep")(entry_id=entry_id)


@task()
def make_preview(master_id: int) -> None:
    import_string("gallery.services.masters.make_preview")(master_id=master_id)


@task()
def purge() -> None:
    import_string("gallery.services.purging.send_due")()


@task()
def refresh_department(department_id: int) -> None:
    import_string("gallery.services.exhibits.refresh_where")(department_id=department_id)


@task()
def refresh_category(category_id: int) -> None:
    import_string("gallery.services.exhibits.refresh_where")(category_id=category_id)


@task()
def refresh_exhibition(exhibition_id: int) -> None:
    import_string("gallery.services.exhibits.refresh_where")(exhibition_id=exhibition_id)
