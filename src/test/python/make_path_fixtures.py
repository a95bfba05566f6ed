#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's path methods against PyTorch: expected-gradients, idgi, blur-ig, guided-ig, agi.

Like make_attribution_fixtures.py, which says how to render the images: plain autograd on model.pt in double precision,
written from the papers, and nothing of Tapetum's Java takes part.

    python src/test/python/make_path_fixtures.py

The draws of expected-gradients follow the rule of Tapetum's seeds, restated here as path_points(). Guided IG and AGI
decide by ranks and signs, so that rounding can lead them elsewhere; the images are the first on which single precision
and displaced pixels change no method by more than half of what the fixtures are there to find.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter
from torch import Tensor

from make_attribution_fixtures import FIXTURES, MODELS, ROOT, ROUNDING, Bundle

IMAGES = 2
STEADY = 5e-4  # half of the relative error that the fixtures are there to find
SAMPLES = 30
IDGI_STEPS = 50
BLUR = (50.0, 100, 0.01)
GUIDED = (50, 0.25, 0.02)
AGI = (0.05, 20)
MASK = (1 << 64) - 1


def path_points(seed: int, count: int) -> list[float]:
    """The numbers in [0, 1) that Tapetum draws as (seed, "path-point", 0), (seed, "path-point", 1), ..."""

    def mix(z: int) -> int:
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return z ^ (z >> 31)

    word = 0xCBF29CE484222325
    for byte in b"path-point":
        word = (word ^ byte) * 0x100000001B3 & MASK

    first = mix(seed ^ word)
    return [(mix(mix((first + j * 0x9E3779B97F4A7C15) & MASK)) >> 11) / 2**53 for j in range(count)]


class Paths:
    """The methods on one image at a time, in the precision of the bundle."""

    def __init__(self, bundle: Bundle, dtype: torch.dtype, jitter: torch.Generator | None = None) -> None:
        self.bundle = bundle
        self.dtype = dtype
        self.jitter = jitter
        self.black, self.white = (
            ((level - bundle.mean) / bundle.std).float().to(dtype) for level in (0, 1)
        )

    def _at(self, x: Tensor) -> Tensor:
        x = x.detach()
        if self.jitter:
            x = x + ROUNDING * torch.randn(x.shape, generator=self.jitter)

        return x.requires_grad_()

    def logit(self, x: Tensor, target: int) -> tuple[Tensor, Tensor]:
        """The logit and its gradient."""
        leaf = self._at(x)
        score = self.bundle.model(leaf)[0, target]
        return score.detach(), torch.autograd.grad(score, leaf)[0]

    def expected_gradients(self, x: Tensor, target: int) -> Tensor:
        """Black, white and zero in turn, each with one random point in every tenth of its way."""
        references = [self.black.expand_as(x), self.white.expand_as(x), torch.zeros_like(x)]
        total = torch.zeros_like(x)
        for j, within in enumerate(path_points(0, SAMPLES)):
            reference = references[j % 3]
            alpha = (j // 3 + within) / (SAMPLES // 3)
            total += (x - reference) * self.logit(reference + alpha * (x - reference), target)[1] / SAMPLES

        return total

    def idgi(self, x: Tensor, target: int) -> Tensor:
        black = self.black.expand_as(x)
        ways = [self.logit(black + j / IDGI_STEPS * (x - black), target) for j in range(IDGI_STEPS + 1)]
        total = torch.zeros_like(x)
        for (score, gradient), (following, _) in zip(ways, ways[1:]):
            norm = gradient.square().sum()
            if norm > 0:
                total += gradient.square() / norm * (following - score)

        return total

    def blur_ig(self, x: Tensor, target: int) -> Tensor:
        largest, steps, delta = BLUR

        def blurred(sigma: float) -> Tensor:
            planes = x[0].double().numpy()
            # SciPy's "reflect" repeats the border pixel; the filter is long enough to be whole in double precision.
            return torch.from_numpy(np.stack([gaussian_filter(p, sigma, mode="reflect", truncate=8) for p in planes]))

        total = torch.zeros_like(x)
        for sigma in np.linspace(0, largest, steps + 1)[:-1]:
            at, beyond = blurred(sigma), blurred(sigma + delta)
            change = ((beyond - at) / delta)[None].to(self.dtype)
            total -= largest / steps * change * self.logit(at[None].to(self.dtype), target)[1]

        return total

    def guided_ig(self, x: Tensor, target: int) -> Tensor:
        """In pixels, as the paper describes it: points, bounds in pixels, and distances in the L1 norm."""
        steps, fraction, max_distance = GUIDED
        start = self.black.expand_as(x)
        way = x - start
        fixed = way == 0
        z = start.clone()
        total = torch.zeros_like(x)
        whole = way.abs().sum()
        for step in range(1, steps + 1):
            gradient = self.logit(z, target)[1]
            before = z.clone()
            straight = step / steps
            lowest = start + max(straight - max_distance, 0) * way
            highest = start + min(straight + max_distance, 1) * way
            wanted = (1 - straight) * whole
            behind = (z - lowest) * way.sign() < 0
            z = torch.where(behind, lowest, z)
            done = fixed.clone()
            while True:
                excess = (x - z).abs().sum() - wanted
                if excess <= 1e-7 * whole:
                    break

                sizes = torch.where(done, torch.inf, gradient.abs())
                count = int(fraction * (sizes.numel() - 1)) + 1
                chosen = ~done & (sizes <= sizes.flatten().sort()[0][count - 1])
                room = ((highest - z).abs() * chosen).sum()
                if excess > room:
                    z = torch.where(chosen, highest, z)
                    done |= chosen
                else:
                    z = torch.where(chosen, z + excess / room * (highest - z), z)
                    break

            total += (z - before) * gradient

        return total

    def agi(self, x: Tensor, target: int) -> Tensor:
        epsilon, steps = AGI
        total = torch.zeros_like(x)
        with torch.no_grad():
            classes = self.bundle.model(x).shape[1]

        for false in (k for k in range(classes) if k != target):
            z = x
            for _ in range(steps):
                leaf = self._at(z)
                probabilities = self.bundle.model(leaf).softmax(1)[0]
                if int(probabilities.argmax()) == false:
                    break

                of_true = torch.autograd.grad(probabilities[target], leaf, retain_graph=True)[0]
                of_false = torch.autograd.grad(probabilities[false], leaf)[0]
                following = z + epsilon * (self.white - self.black) * of_false.sign()
                following = torch.minimum(torch.maximum(following, self.black), self.white)
                total -= of_true * (following - z)
                z = following

        return total

    def all(self, x: Tensor, target: int) -> dict[str, Tensor]:
        names = ("expected_gradients", "idgi", "blur_ig", "guided_ig", "agi")
        return {name: getattr(self, name)(x, target) for name in names}


def relative(expected: Tensor, actual: Tensor) -> float:
    return float((expected - actual.double()).abs().max() / expected.abs().max())


def write(directory: Path, bundle: Path, data: Path) -> None:
    exact, single = Bundle(bundle, torch.float64), Bundle(bundle, torch.float32)
    generator = torch.Generator().manual_seed(1)
    others = [Paths(single, torch.float32), Paths(single, torch.float32, generator)]
    with (data / "manifest.csv").open(newline="", encoding="utf-8") as lines:
        paths = [row["path"] for row in csv.DictReader(lines)]

    chosen: list[tuple[str, Tensor, int, dict[str, Tensor]]] = []
    for path in paths:
        image = exact.read(data / path)
        with torch.no_grad():
            target = int(exact.model(image).argmax())

        arrays = Paths(exact, torch.float64).all(image, target)
        errors = {
            name: max(relative(arrays[name], getattr(other, name)(image.float(), target)) for other in others)
            for name in arrays
        }
        steady = max(errors.values()) <= STEADY
        print(f"{directory.name} {path}: {' '.join(f'{n} {e:.1e}' for n, e in errors.items())}{' *' * steady}", flush=True)
        if steady:
            chosen.append((path, image, target, arrays))
            if len(chosen) == IMAGES:
                break

    directory.mkdir(parents=True, exist_ok=True)
    index = {"images": [c[0] for c in chosen], "predicted": [c[2] for c in chosen], "arrays": {}}
    stacked = {"inputs": torch.cat([c[1] for c in chosen])}
    stacked |= {name: torch.cat([c[3][name] for c in chosen]) for name in chosen[0][3]}
    for name, values in stacked.items():
        array = values.numpy().astype("<f4")
        array.tofile(directory / f"{name}.f32")
        index["arrays"][name] = {"file": f"{name}.f32", "shape": list(array.shape)}

    (directory / "index.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "target/demo-data/audit", help="the rendered audit split")
    parser.add_argument("--models", type=Path, default=MODELS, help="the directory of the bundles")
    parser.add_argument("--out", type=Path, default=FIXTURES)
    parser.add_argument("names", nargs="*", default=["cnn", "vit"], help="the bundles")
    arguments = parser.parse_args()
    for name in arguments.names:
        write(arguments.out / f"{name}-paths", arguments.models / name, arguments.data)


if __name__ == "__main__":
    main()
