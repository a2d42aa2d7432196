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


def _spelled(path: str) -> str:
    """However a request may write it: its letters as numbers, its slashes twice. A long row of them takes no time,
    since it begins with a single one."""
    return "(?:/|%2[Ff])" + "".join(
        r"(?:/|%2[Ff])+(?:\./+)*" if letter == "/" else f"(?:{re.escape(letter)}|(?i:%{ord(letter):02x}))"
        for letter in path[1:]
    )


_KEYED = "|".join(map(_spelled, ("/accounts/password/reset/key/", "/accounts/confirm-email/")))
_KEYS = re.compile(rf"({_KEYED})[^\s\"'?#]+")
_QUERIES = re.compile(r"\?(?:\\\"|[^\s\"])+")
#: As long as the part before the @ may be, so that a long line without one takes no time.
_ADDRESSES = re.compile(r"[^\s\"'<>()\[\]{}=,;:/@][^\s\"<>()\[\]{}=,;:/@]{0,63}(?:@|%40)[\w-]+(?:\.[\w-]+)+")
#: What ends a line or steers a terminal where no line ends; the rest of a traceback stays one.
_CONTROLS = {
    number: f"\\x{number:02x}"
    for number in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
    if chr(number) not in "\t\n"
}


def mask(line: str) -> str:
    for what, instead in ((_KEYS, r"\1…"), (_QUERIES, "?…"), (_ADDRESSES, "…@…")):
        line = what.sub(instead, line)
    return line.translate(_CONTROLS)


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
