"""`FILE progressive|baseline`: libvips making the same files as our ladder. Counts this whole process.

It works as its makers advise: the JPEG decoder shrinks while it loads, each width is made from the one before,
nothing is cached and no metadata is kept. With `baseline` its JPEGs are plain ones, which take less time and more
bytes than the progressive ones we publish.
"""

import json
import resource
import sys

import pyvips

from cms.images import formats

UNBOUNDED = 10_000_000


def main() -> None:
    path, kind = sys.argv[1:]
    pyvips.cache_set_max(0)
    progressive = kind == "progressive"
    files = size = 0
    image = pyvips.Image.new_from_file(path)
    for width in formats.ladder_widths(image.width, image.height):
        fit = {"height": UNBOUNDED, "size": "down"}
        image = image.thumbnail_image(width, **fit) if files else pyvips.Image.thumbnail(path, width, **fit)
        image = image.copy_memory()
        for data in (
            # libvips counts effort up from 0, Pillow counts speed down from 9.
            image.heifsave_buffer(
                compression="av1", Q=formats.AVIF_QUALITY, effort=9 - formats.AVIF_SPEED, keep="none"
            ),
            image.jpegsave_buffer(
                Q=formats.JPEG_QUALITY, interlace=progressive, optimize_coding=progressive, keep="none"
            ),
        ):
            files, size = files + 1, size + len(data)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    print(json.dumps({"cpu": cpu, "peak": used.ru_maxrss / 1024, "files": files, "bytes": size}))


if __name__ == "__main__":
    main()
