#!/usr/bin/env python
"""Django's command line. It has to be told which settings: a guess would be wrong on a server."""

import os
import sys


def main() -> None:
    if not os.environ.get("DJANGO_SETTINGS_MODULE") and not any(one.startswith("--settings") for one in sys.argv):
        sys.exit(
            "Say which settings: DJANGO_SETTINGS_MODULE=cms.settings.dev to work on the code, "
            "DJANGO_SETTINGS_MODULE=cms.settings.production on a server. bin/demo needs neither."
        )
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
