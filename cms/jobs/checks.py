"""Every job that can be rung for is done by somebody."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core import checks

from .registry import declared


@checks.register("jobs")
def jobs_have_handlers(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"Nobody does the job {job.name!r}.",
            hint="Put @JOB.handler on the function that does it, and import its module when its app starts.",
            id="jobs.E001",
        )
        for job in declared.values()
        if job.do is None
    ]
