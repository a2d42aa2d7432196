"""The worker: takes jobs from the queue, and tends every half minute."""

import logging
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Command as QueueCommand

from gallery.services.tending import tend

log = logging.getLogger("gallery.worker")
TEND_SECONDS = 30.0
#: A server that accepts a connection and then says nothing must not stop the worker for good.
SILENCE_SECONDS = 60.0


class Command(QueueCommand):
    help = "Runs the worker: jobs from the queue, and the timer job beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(interval=0.5, queue_name="*")

    def handle(self, *args: Any, **options: Any) -> None:
        socket.setdefaulttimeout(SILENCE_SECONDS)
        self._tend(restarted=True)
        stop = threading.Event()
        thread = threading.Thread(target=self._keep_tending, args=(stop,), daemon=True)
        thread.start()
        try:
            super().handle(*args, **options)
        finally:
            stop.set()

    def _keep_tending(self, stop: threading.Event) -> None:
        while not stop.wait(TEND_SECONDS):
            self._tend()

    def _tend(self, *, restarted: bool = False) -> None:
        close_old_connections()
        try:
            tend(restarted=restarted)
        except Exception:
            log.exception("Tending failed; it will be tried again in half a minute.")
        finally:
            close_old_connections()
