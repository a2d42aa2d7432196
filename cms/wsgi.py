"""What gunicorn loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()
# All that was loaded stays for good. The collector need not walk through it while visitors wait, and workers that
# are forked from one process go on sharing its memory.
gc.collect()
gc.freeze()
