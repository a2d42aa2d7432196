"""The worker: takes jobs from the queues, each in a lane of its own, and tends every half minute."""

import logging
import os
import signal
import socket
import time
from argparse import ArgumentParser
from threading import Event, Thread
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.core.outages import in_a_line, is_outage
from cms.jobs.heartbeat import Heartbeat
from cms.jobs.lanes import Lane
from cms.jobs.periodic import tend
from cms.jobs.registry import Queue

log = logging.getLogger("cms.jobs.worker")
TEND_SECONDS = 30.0
#: A server that accepts a connection and then says nothing must not stop a lane for good.
SILENCE_SECONDS = 20.0
#: What jobs may still take, all together, when the worker is asked to stop. Then they are broken off.
LAST_SECONDS = 10.0
#: How often the worker looks whether it was asked to stop, and whether its lanes are alive.
WATCH_SECONDS = 0.2


def make_lanes(only: str | None) -> list[Lane]:
    """Taking down never stands behind a picture that is being encoded."""
    taking_down, soon = Queue.TAKE_DOWN.value, Queue.SOON.value
    lanes = []
    if only in (None, soon):
        lanes += [Lane(only=[taking_down]), Lane(only=[soon])]
    if only in (None, Queue.LONG.value):
        # Wagtail's own jobs, which index, ask for no queue of ours: they are in no hurry either.
        lanes.append(Lane(but=[taking_down, soon]))
    return lanes


class Command(BaseCommand):
    help = "Runs the worker: jobs from all queues, and the timer job beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choices = [Queue.SOON.value, Queue.LONG.value]
        parser.add_argument("--only", choices=choices, help="Serve one queue alone; taking down counts as soon.")

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        socket.setdefaulttimeout(SILENCE_SECONDS)
        self.asked_to_stop = 0
        self.stopped = Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, self._ask_to_stop)
        lanes = make_lanes(only)
        self.heartbeat = Heartbeat(lambda: [facts for lane in lanes for facts in lane.busy_with()])
        Thread(target=self.heartbeat.keep_beating, args=[self.stopped], daemon=True).start()
        tending = Thread(target=self._keep_tending, daemon=True)
        threads = [tending, *(lane.thread for lane in lanes)]
        for thread in threads:
            thread.start()
        while not self.asked_to_stop and all(thread.is_alive() for thread in threads):
            time.sleep(WATCH_SECONDS)
        died = not self.asked_to_stop
        if died:
            log.critical("A lane of the worker has died, so the worker ends. It should be started again.")
        self._wind_up(lanes, threads)
        logging.shutdown()
        os._exit(1 if died else 0)  # what is at work in a thread would hold the process up; it has been put back

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop += 1

    def _wind_up(self, lanes: list[Lane], threads: list[Thread]) -> None:
        """Jobs may end within `LAST_SECONDS`, or until somebody asks a second time. The others wait again."""
        self.stopped.set()
        for lane in lanes:
            lane.running = False
        deadline = time.monotonic() + LAST_SECONDS
        while any(thread.is_alive() for thread in threads):
            if time.monotonic() > deadline or self.asked_to_stop > 1:
                break
            time.sleep(WATCH_SECONDS)
        for lane in lanes:
            try:
                lane.put_back()
            except Exception as problem:
                words = "A job that was broken off could not be put back; it is found when it is overdue."
                log.error(words, exc_info=not is_outage(problem))
        try:
            self.heartbeat.beat(stopped=True)
        except Exception as problem:
            words = "That the worker has stopped could not be written down; it is missed in two minutes."
            log.error(words, exc_info=not is_outage(problem))

    def _keep_tending(self) -> None:
        """From the start: what is behind the first round does not keep the lanes waiting."""
        while True:
            close_old_connections()
            try:
                tend()
            except Exception as problem:
                if is_outage(problem):
                    log.warning("Tending waits for half a minute. %s", in_a_line(problem))
                else:
                    log.exception("Tending failed; it will be tried again in half a minute.")
            finally:
                close_old_connections()
            if self.stopped.wait(TEND_SECONDS):
                return
