"""Work no visitor waits for. Arguments are ids; doing a job twice does no harm."""

from django_tasks import task

from cms.images import library


@task()
def make_ladder(image_id: int) -> None:
    """Encode a library picture's public files, unless they are up to date or it is gone."""
    library.make_ladder(image_id=image_id)
