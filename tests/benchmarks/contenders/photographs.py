"""`FOLDER`: writes photo-like JPEGs, the same every time: soft shapes, texture at every scale, and grain."""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

SIZES = {"24mp.jpg": (6000, 4000), "45mp.jpg": (8200, 5500)}
# (cells across, strength in steps of 255): large shapes are strong, fine texture is weak.
OCTAVES = ((4, 70), (16, 40), (64, 22), (256, 12), (1024, 7))
GRAIN = 4


def photograph(width: int, height: int) -> Image.Image:
    chance = np.random.default_rng(width)
    grain = chance.normal(128, GRAIN, (height, width)).astype("float32")
    channels = []
    for _ in "RGB":
        channel = grain.copy()
        for cells, strength in OCTAVES:
            coarse = chance.normal(0, strength, (cells * height // width, cells)).astype("float32")
            channel += np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
        channels.append(Image.fromarray(channel.clip(0, 255).astype("uint8")))
    return Image.merge("RGB", channels)


def main() -> None:
    folder = Path(sys.argv[1])
    made = {}
    for name, size in SIZES.items():
        photograph(*size).save(folder / name, quality=92)
        made[name] = (folder / name).stat().st_size
    print(json.dumps(made))


if __name__ == "__main__":
    main()
