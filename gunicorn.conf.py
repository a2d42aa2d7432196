"""What gunicorn reads when it is started here, whatever its command says: its logs name nobody and hold no key."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from cms.core.logs import JSONFormatter, MaskingFormatter
from cms.settings.base import LOG_FORMAT


class MaskingLogger(Logger):
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            written = handler.formatter
            line = f"{written._fmt} [%(request_id)s]"
            handler.setFormatter(
                JSONFormatter() if LOG_FORMAT == "json" else MaskingFormatter(line, written.datefmt)
            )


logger_class = MaskingLogger
