"""`FILE [TIMES]`: our ladder. Counts only the child that does the work, its start and its imports included."""

import json
import resource
import sys
import time

from cms.images import encode
from cms.images.credit import Credit

CREDIT = Credit(
    title="Four Necks", creator="A. Example", licence_url="https://creativecommons.org/licenses/by/4.0/"
)


def main() -> None:
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started, files, size = time.monotonic(), 0, 0
    for _ in range(times):
        with open(sys.argv[1], "rb") as file:
            for made in encode.ladder(file, credit=CREDIT):
                files, size = files + 1, size + len(made.data)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    told = {"cpu": cpu, "peak": used.ru_maxrss / 1024, "wall": time.monotonic() - started}
    print(json.dumps({**told, "files": files, "bytes": size}))


if __name__ == "__main__":
    main()
