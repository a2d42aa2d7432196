"""What logs say of a request or an error: never whom it was about, and no key of theirs.

Cut out of each line, whoever wrote it: what follows the question mark of an address (links from our mails, words
people search for), the keys in the addresses of sign-in, and e-mail addresses, which errors of mail servers and
databases repeat. `deploy/nginx.conf` does the same for nginx.
"""

import logging
import re

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
        return mask(super().format(record))
