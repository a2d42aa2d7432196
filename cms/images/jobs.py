"""The library's jobs."""

from cms.jobs.registry import Job

MAKE_LADDER = Job("make library ladder")
