"""`FILE`: a stock Wagtail making the same widths and formats, one rendition at a time as it does.

Counts only the renditions: starting Django is free here. Its settings are Wagtail's own but for the two qualities.
"""

import json
import resource
import sys
import time
from io import BytesIO
from pathlib import Path

import django
from django.conf import settings

from cms.images import formats


def main() -> None:
    path = Path(sys.argv[1])
    settings.configure(
        INSTALLED_APPS=[
            *("django.contrib.contenttypes", "django.contrib.auth", "taggit"),
            *("wagtail", "wagtail.admin", "wagtail.users", "wagtail.documents", "wagtail.images"),
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MEDIA_ROOT=str(path.parent),
        STATIC_URL="/static/",
        WAGTAILIMAGES_JPEG_QUALITY=formats.JPEG_QUALITY,
        WAGTAILIMAGES_AVIF_QUALITY=formats.AVIF_QUALITY,
    )
    django.setup()
    from PIL import Image as Picture
    from wagtail.images.models import Filter, Image

    width, height = Picture.open(path).size
    files = size = 0
    started = time.process_time()
    for rung in formats.ladder_widths(width, height):
        for kind in ("avif", "jpeg"):
            output = BytesIO()
            image = Image(file=path.name, width=width, height=height, collection_id=1)
            Filter(spec=f"width-{rung}|format-{kind}").run(image, output)
            files, size = files + 1, size + output.tell()
    cpu = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "peak": peak, "files": files, "bytes": size}))


if __name__ == "__main__":
    main()
