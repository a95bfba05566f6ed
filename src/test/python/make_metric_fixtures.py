#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's road and infidelity against SciPy and PyTorch on the demo's CNN.

The images and the maps that are measured are those of make_path_fixtures.py, so the ranks of pixels are the same on both
sides. The equations of road are written down as a sparse matrix and solved directly; the model answers in double
precision. The noise and the random sets of pixels follow the rules of Tapetum's seeds, restated here.

    python src/test/python/make_metric_fixtures.py

Written: index.json with the values, and imputed.f32 with the images of some shares before their noise.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve

from make_attribution_fixtures import FIXTURES, MODELS, Bundle

STEPS = 50
SHARES_KEPT = (5, 24, 49)  # 11, 49 and 99 percent: strewn pixels, half of them, and nearly all
NOISE = 0.01
SHARE = 0.1
SUBSETS = 50
GAMMA = np.uint64(0x9E3779B97F4A7C15)
FIELD_SEED = 0x7A9E7C4D
FIELD_LENGTH = 1 << 22


def mix(z: np.ndarray) -> np.ndarray:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def seed_of(purpose: str, index: int) -> np.ndarray:
    """The seed that (0, purpose, index) gives."""
    word = 0xCBF29CE484222325
    for byte in purpose.encode():
        word = (word ^ byte) * 0x100000001B3 % 2**64

    return mix(mix(np.array([word], np.uint64)) + np.array([index], np.uint64) * GAMMA)


def open_doubles(seed: np.ndarray, count: int) -> np.ndarray:
    """The first numbers in (0, 1) of the stream of a seed."""
    words = mix(seed + np.arange(1, count + 1, dtype=np.uint64) * GAMMA)
    return ((words >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53


def noise_field() -> np.ndarray:
    uniform = open_doubles(np.array([FIELD_SEED], np.uint64), FIELD_LENGTH).reshape(-1, 2)
    radius = np.sqrt(-2 * np.log(uniform[:, 0]))
    angle = 2 * np.pi * uniform[:, 1]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).ravel()


def noise(field: np.ndarray, purpose: str, index: int, size: int) -> np.ndarray:
    start = int(mix(seed_of(purpose, index)).astype(np.int64)[0]) % (FIELD_LENGTH - size)
    return field[start : start + size]


def imputed(image: np.ndarray, removed: np.ndarray) -> np.ndarray:
    """The image with every removed pixel the weighted mean of its neighbours, C×H×W."""
    channels, height, width = image.shape
    number = np.full((height, width), -1)
    rows, cols = np.unravel_index(np.sort(removed), (height, width))
    number[rows, cols] = np.arange(len(removed))
    own = np.zeros(len(removed))
    right = np.zeros((len(removed), channels))
    entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            if down == across == 0:
                continue

            weight = 1 / 6 if down == 0 or across == 0 else 1 / 12
            inside = (rows + down >= 0) & (rows + down < height) & (cols + across >= 0) & (cols + across < width)
            here = np.flatnonzero(inside)
            row, col = rows[here] + down, cols[here] + across
            own[here] += weight
            unknown = number[row, col] >= 0
            entries.append((here[unknown], number[row, col][unknown], np.full(unknown.sum(), -weight)))
            right[here[~unknown]] += weight * image[:, row[~unknown], col[~unknown]].T

    entries.append((np.arange(len(removed)), np.arange(len(removed)), own))
    lines, columns, values = (np.concatenate(part) for part in zip(*entries))
    solution = spsolve(coo_matrix((values, (lines, columns))).tocsc(), right)
    result = image.copy()
    result[:, rows, cols] = solution.T
    return result


def random_set(pixels: int, size: int, index: int) -> np.ndarray:
    """The first steps of a shuffle."""
    order = np.arange(pixels)
    for i, draw in enumerate(open_doubles(seed_of(f"pixel-subset-{size}", index), size)):
        j = i + int(draw * (pixels - i))
        order[i], order[j] = order[j], order[i]

    return order[:size]


def main() -> None:
    source = FIXTURES / "cnn-paths"
    index = json.loads((source / "index.json").read_text(encoding="utf-8"))
    bundle = Bundle(MODELS / "cnn", torch.float64)
    std = bundle.std.numpy().reshape(3, 1)
    read = lambda name: np.fromfile(source / f"{name}.f32", "<f4").astype(np.float64).reshape(-1, 3, bundle.height, bundle.width)
    field = noise_field()
    written: dict[str, object] = {"images": index["images"], "predicted": index["predicted"]}
    values: dict[str, list[float]] = {key: [] for key in ("morf", "lerf", "contribution", "scaled", "sensitivity")}
    kept = []

    def logits(images: list[np.ndarray]) -> torch.Tensor:
        with torch.no_grad():
            return bundle.model(torch.from_numpy(np.stack(images)))

    for image, attribution, target in zip(read("inputs"), read("idgi"), index["predicted"]):
        pixels = bundle.height * bundle.width
        # Summed and rounded as the other side does it, since the ranks hang on it.
        plane = attribution.sum(0).ravel().astype(np.float32)
        descending = np.argsort(-plane, kind="stable")
        for order, ranking in (("morf", descending), ("lerf", descending[::-1])):
            images = []
            for step in range(STEPS):
                removed = ranking[: (2 * step + 1) * pixels // (2 * STEPS)]
                without = imputed(image, removed)
                if order == "morf" and step in SHARES_KEPT:
                    kept.append(without)

                noisy = without.reshape(3, -1).copy()
                drawn = noise(field, "road-noise", step, image.size).reshape(3, -1)
                noisy[:, removed] += NOISE / std * drawn[:, removed]
                images.append(noisy.reshape(image.shape))

            values[order].append(float(logits(images).softmax(1)[:, target].mean()))

        # Against the mean colour, which is zero in normalised units.
        sets = [random_set(pixels, round(SHARE * pixels), j) for j in range(SUBSETS)]
        changed = [image]
        for one in sets:
            without = image.reshape(3, -1).copy()
            without[:, one] = 0
            changed.append(without.reshape(image.shape))

        answers = logits(changed)[:, target].numpy()
        lost = answers[0] - answers[1:]
        contribution = np.array([plane[one].astype(np.float64).sum() for one in sets])
        sensitivity = np.array([(image * attribution).reshape(3, -1)[:, one].sum() for one in sets])
        factor = (contribution * lost).sum() / (contribution**2).sum()
        values["contribution"].append(float(((contribution - lost) ** 2).mean()))
        values["scaled"].append(float(((factor * contribution - lost) ** 2).mean()))
        values["sensitivity"].append(float(((sensitivity - lost) ** 2).mean()))

    directory = FIXTURES / "cnn-metrics"
    directory.mkdir(parents=True, exist_ok=True)
    array = np.stack(kept).reshape(len(index["images"]), len(SHARES_KEPT), *kept[0].shape).astype("<f4")
    array.tofile(directory / "imputed.f32")
    written |= {"values": values, "arrays": {"imputed": {"file": "imputed.f32", "shape": list(array.shape)}}}
    (directory / "index.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
