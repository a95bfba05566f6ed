#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's superpixels against scikit-image's felzenszwalb.

The images are the inputs of the attribution fixtures of the demo's CNN, turned back into pixels between 0 and 1.

    python src/test/python/make_segmentation_fixtures.py

Segments are numbered in the order of their first pixels.
"""

from __future__ import annotations

import json

import numpy as np
import torch
from skimage.segmentation import felzenszwalb

from make_attribution_fixtures import FIXTURES, MODELS, Bundle

SCALES = (50, 250, 1200)
SIGMA = 0.8
MIN_SIZE = 12


def segments(image: np.ndarray, scale: float) -> np.ndarray:
    labels = felzenszwalb(image, scale=scale, sigma=SIGMA, min_size=MIN_SIZE, channel_axis=-1)
    _, first, inverse = np.unique(labels.ravel(), return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return order[inverse].reshape(labels.shape)


def main() -> None:
    source = FIXTURES / "cnn"
    index = json.loads((source / "index.json").read_text(encoding="utf-8"))
    inputs = index["arrays"]["inputs"]
    normalised = np.fromfile(source / inputs["file"], dtype="<f4").reshape(inputs["shape"]).astype(np.float64)
    bundle = Bundle(MODELS / "cnn", torch.float64)
    mean, std = (np.asarray(v, dtype=np.float64).reshape(1, 3, 1, 1) for v in (bundle.mean, bundle.std))
    images = np.clip(normalised * std + mean, 0, 1).transpose(0, 2, 3, 1)

    directory = FIXTURES / "segments"
    directory.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for scale in SCALES:
        labels = np.stack([segments(image, scale) for image in images])
        print(f"scale {scale}: {[int(l.max()) + 1 for l in labels]} segments")
        labels.astype("<f4").tofile(directory / f"scale_{scale}.f32")
        arrays[f"scale_{scale}"] = {"file": f"scale_{scale}.f32", "shape": list(labels.shape)}

    written = {"predicted": [0] * len(images), "arrays": arrays}
    (directory / "index.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
