"""The post's jobs."""

from cms.jobs.registry import FIRST, Job

SEND = Job("send mail", priority=FIRST)  # somebody may wait at the door for a code
