"""What logs say of a request or an error: never whom it was about, and no key of theirs.

Cut out of each line, whoever wrote it: what follows the question mark of an address (links from our mails, words
people search for), the keys in the addresses of sign-in, and e-mail addresses, which errors of mail servers and
databases repeat. `deploy/nginx.conf` does the same for nginx.

Each line carries the id of what it was written for, a request or a job, so that its lines are found together.
"""

import datetime as dt
import json
import logging
import re
from contextvars import ContextVar

#: Of the request or the job at hand. Left in place when it is over: the server's own line comes after it.
request_id: ContextVar[str] = ContextVar("request_id", default="-")

_KEYS = re.compile(r"(/accounts/(?:password/reset/key|confirm-email)/)[^\s\"'?#]+")
_QUERIES = re.compile(r"(?<=[\w/.~%-])\?(?:\\\"|[^\s\"])+")
#: As long as the part before the @ may be, so that a long line without one takes no time.
_ADDRESSES = re.compile(r"[^\s\"'<>()\[\]{}=,;:/@]{1,64}@[\w-]+(?:\.[\w-]+)+")


def mask(line: str) -> str:
    for what, instead in ((_KEYS, r"\1…"), (_QUERIES, "?…"), (_ADDRESSES, "…@…")):
        line = what.sub(instead, line)
    return line


class MaskingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Error and all: what broke often repeats what it was given."""
        record.request_id = request_id.get()
        return mask(super().format(record))


class JSONFormatter(logging.Formatter):
    """One JSON object a line, times in UTC: `LOG_FORMAT=json`."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": request_id.get(),
            "process": record.process,
            "message": mask(record.getMessage()),
        }
        if record.exc_info:
            facts["error"] = mask(self.formatException(record.exc_info))
        if record.stack_info:
            facts["stack"] = mask(self.formatStack(record.stack_info))
        return json.dumps(facts, ensure_ascii=False)
