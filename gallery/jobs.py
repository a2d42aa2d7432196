"""The gallery's jobs. Each is done by the function of `services` that names it as its handler."""

from cms.jobs.registry import FIRST, Job, Queue

SWEEP = Job("sweep entry", queue=Queue.TAKE_DOWN)
HANG = Job("hang next", queue=Queue.SOON)
FOLLOW_EDITIONS = Job("follow editions", queue=Queue.SOON, priority=FIRST)
MAKE_PREVIEW = Job("make preview")
DISCARD = Job("discard photograph")
REWRITE = Job("rewrite files")
REFRESH_EXHIBITS = Job("refresh exhibits")
