"""The post's jobs."""

from cms.jobs.registry import Job

SEND = Job("send mail")
