#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's path methods against PyTorch: expected-gradients, gradient-shap, split-ig, idgi on each
of its paths, blur-ig, guided-ig, agi, boundary-ig; and integrated-hessians on the transformer, which has no kinks.

Like make_attribution_fixtures.py, which says how to render the images: plain autograd on model.pt in double precision,
written from the papers, and nothing of Tapetum's Java takes part.

    python src/test/python/make_path_fixtures.py

The draws of expected-gradients and gradient-shap follow the rule of Tapetum's seeds, restated here as draws(), path_points()
and noise(). Several methods decide by ranks, signs or thresholds, so that rounding can lead them elsewhere; the images are
the first on which single precision and displaced pixels change no method by more than half of what the fixtures are there to
find.
"""

from __future__ import annotations

import argparse
import csv
import functools
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
METHODS = (
    "expected_gradients",
    "gradient_shap",
    "split_ig",
    "idgi",
    "idgi_blur",
    "idgi_guided",
    "blur_ig",
    "guided_ig",
    "agi",
    "boundary_ig",
)
SMOOTH = {"vit": ("integrated_hessians",)}
SHAP_SIGMA = 0.05
SPLIT = (50, 0.9)
BOUNDARY = (20, 3, 10, 50)
HESSIANS = (2, 4)
MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
FIELD_SEED, FIELD = 0x7A9E7C4D, 1 << 22


def mix(z: int) -> int:
    """The finisher of SplitMix64."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def draws(seed: int, purpose: str, count: int) -> list[int]:
    """The seeds (seed, purpose, 0), (seed, purpose, 1), ..."""
    word = 0xCBF29CE484222325
    for byte in purpose.encode():
        word = (word ^ byte) * 0x100000001B3 & MASK

    first = mix(seed ^ word)
    return [mix((first + j * GAMMA) & MASK) for j in range(count)]


def path_points(seed: int, count: int) -> list[float]:
    """The numbers in [0, 1) that Tapetum draws for the points of paths."""
    return [(mix(draw) >> 11) / 2**53 for draw in draws(seed, "path-point", count)]


@functools.cache
def field() -> np.ndarray:
    """The one long sequence of normal numbers of which every noisy image takes a window."""
    with np.errstate(over="ignore"):
        z = np.uint64(FIELD_SEED) + np.arange(1, FIELD + 1, dtype=np.uint64) * np.uint64(GAMMA)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)

    uniform = (((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53
    radius, angle = np.sqrt(-2 * np.log(uniform[::2])), 2 * np.pi * uniform[1::2]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).ravel().astype(np.float32)


def noise(draw: int, like: Tensor) -> Tensor:
    signed = mix(draw) - (1 << 64) * (mix(draw) >> 63)
    start = signed % (FIELD - like.numel())
    return torch.from_numpy(field()[start : start + like.numel()].copy()).to(like.dtype).view(like.shape)


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
        return self._against_references(x, target, [x] * SAMPLES)

    def gradient_shap(self, x: Tensor, target: int) -> Tensor:
        size = SHAP_SIGMA * float(x.max() - x.min())
        return self._against_references(x, target, [x + size * noise(d, x) for d in draws(0, "reference-noise", SAMPLES)])

    def _against_references(self, x: Tensor, target: int, images: list[Tensor]) -> Tensor:
        """Black, white and zero in turn, each with one random point in every tenth of its way."""
        references = [self.black.expand_as(x), self.white.expand_as(x), torch.zeros_like(x)]
        total = torch.zeros_like(x)
        for j, (within, image) in enumerate(zip(path_points(0, SAMPLES), images)):
            reference = references[j % 3]
            alpha = (j // 3 + within) / (SAMPLES // 3)
            way = image - reference
            total += way * self.logit(reference + alpha * way, target)[1] / SAMPLES

        return total

    def split_ig(self, x: Tensor, target: int) -> Tensor:
        steps, threshold = SPLIT
        black = self.black.expand_as(x)
        ways = [self.logit(black + j / steps * (x - black), target) for j in range(steps + 1)]
        gains = [float(score - ways[0][0]) for score, _ in ways]
        split = next((j for j in range(steps) if gains[j] > threshold * max(gains)), steps)
        pairs = zip(ways[:split], ways[1 : split + 1])
        return sum(((x - black) * (a + b) / 2 / steps for (_, a), (_, b) in pairs), torch.zeros_like(x))

    def idgi(self, x: Tensor, target: int) -> Tensor:
        black = self.black.expand_as(x)
        return self._shared_out([black + j / IDGI_STEPS * (x - black) for j in range(IDGI_STEPS + 1)], target)

    def idgi_blur(self, x: Tensor, target: int) -> Tensor:
        largest, steps, _ = BLUR
        sigmas = np.linspace(largest, 0, steps + 1)[:-1]
        return self._shared_out([self._blurred(x, sigma).to(self.dtype) for sigma in sigmas] + [x], target)

    def idgi_guided(self, x: Tensor, target: int) -> Tensor:
        return self._shared_out(self._guided(x, target)[1], target)

    def _shared_out(self, points: list[Tensor], target: int) -> Tensor:
        ways = [self.logit(point, target) for point in points]
        total = torch.zeros_like(points[0])
        for (score, gradient), (following, _) in zip(ways, ways[1:]):
            norm = gradient.square().sum()
            if norm > 0:
                total += gradient.square() / norm * (following - score)

        return total

    @staticmethod
    def _blurred(x: Tensor, sigma: float) -> Tensor:
        """In double precision."""
        planes = x[0].double().numpy()
        # SciPy's "reflect" repeats the border pixel; the filter is long enough to be whole in double precision.
        blurred = np.stack([gaussian_filter(plane, sigma, mode="reflect", truncate=8) for plane in planes])
        return torch.from_numpy(blurred)[None]

    def blur_ig(self, x: Tensor, target: int) -> Tensor:
        largest, steps, delta = BLUR

        total = torch.zeros_like(x)
        for sigma in np.linspace(0, largest, steps + 1)[:-1]:
            at, beyond = self._blurred(x, sigma), self._blurred(x, sigma + delta)
            change = ((beyond - at) / delta).to(self.dtype)
            total -= largest / steps * change * self.logit(at.to(self.dtype), target)[1]

        return total

    def guided_ig(self, x: Tensor, target: int) -> Tensor:
        return self._guided(x, target)[0]

    def _guided(self, x: Tensor, target: int) -> tuple[Tensor, list[Tensor]]:
        """In pixels, as the paper describes it: points, bounds in pixels, and distances in the L1 norm."""
        steps, fraction, max_distance = GUIDED
        start = self.black.expand_as(x)
        way = x - start
        fixed = way == 0
        z = start.clone()
        total = torch.zeros_like(x)
        whole = way.abs().sum()
        points = []
        for step in range(1, steps + 1):
            gradient = self.logit(z, target)[1]
            points.append(z)
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

        return total, [*points, x]

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

    def boundary_ig(self, x: Tensor, target: int) -> Tensor:
        attack_steps, classes, halvings, steps = BOUNDARY

        def logits(z: Tensor) -> Tensor:
            with torch.no_grad():
                return self.bundle.model(z)[0]

        order = logits(x).argsort(descending=True).tolist()
        ends = []
        for other in [k for k in order if k != target][:classes]:
            z = x
            for _ in range(attack_steps):
                if int(logits(z).argmax()) != target:
                    break

                (own, own_slope), (rival, rival_slope) = self.logit(z, target), self.logit(z, other)
                slope = rival_slope - own_slope
                z = z + (1.02 * (own - rival) + 1e-4) / slope.square().sum() * slope
                z = torch.minimum(torch.maximum(z, self.black), self.white)

            if int(logits(z).argmax()) != target:
                ends.append(z)

        end = min(ends, key=lambda z: float((z - x).norm()))
        inside, beyond = 0.0, 1.0
        for _ in range(halvings):
            middle = (inside + beyond) / 2
            if int(logits(x + middle * (end - x)).argmax()) == target:
                inside = middle
            else:
                beyond = middle

        start = x + beyond * (end - x)
        nodes, weights = np.polynomial.legendre.leggauss(steps)
        total = torch.zeros_like(x)
        for node, weight in zip((nodes + 1) / 2, weights / 2):
            total += weight * (x - start) * self.logit(start + node * (x - start), target)[1]

        return total

    def integrated_hessians(self, x: Tensor, target: int) -> Tensor:
        """From black, by the rule in t with alpha times beta = t squared; each Hessian by differentiating twice."""
        cells, steps = HESSIANS
        black = self.black.expand_as(x)
        way = x - black
        rows, columns = (torch.arange(n) * cells // n for n in x.shape[2:])
        part = rows[:, None] * cells + columns
        nodes, weights = np.polynomial.legendre.leggauss(steps)
        total = torch.zeros_like(x)
        for t, weight in zip((nodes + 1) / 2, weights / 2):
            leaf = self._at(black + t**2 * way)
            gradient = torch.autograd.grad(self.bundle.model(leaf)[0, target], leaf, create_graph=True)[0]
            for k in range(cells * cells):
                others = (gradient * way * (part != k)).sum()
                row = torch.autograd.grad(others, leaf, retain_graph=True)[0]
                total -= 4 * weight * t**3 * np.log(t) * way * row * (part == k)

        return total

    def all(self, names: tuple[str, ...], x: Tensor, target: int) -> dict[str, Tensor]:
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

        arrays = Paths(exact, torch.float64).all(METHODS, image, target)
        errors = {
            name: max(relative(arrays[name], getattr(other, name)(image.float(), target)) for other in others)
            for name in arrays
        }
        steady = max(errors.values()) <= STEADY
        print(f"{directory.name} {path}: {' '.join(f'{n} {e:.1e}' for n, e in errors.items())}{' *' * steady}", flush=True)
        if steady:
            # Without kinks, ranks or signs rounding leads nowhere else.
            arrays |= Paths(exact, torch.float64).all(SMOOTH.get(bundle.name, ()), image, target)
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
