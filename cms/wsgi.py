"""What gunicorn loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
os.environ.setdefault("SERVING", "1")
# All that is loaded stays for good. The collector need not walk through it while it grows, nor while visitors wait,
# and workers that are forked from one process go on sharing its memory.
gc.disable()
application = get_wsgi_application()
gc.collect()
gc.freeze()
gc.enable()
