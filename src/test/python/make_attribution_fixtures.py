#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's logits, saliency, integrated gradients and grad-cam against PyTorch's.

Everything is computed here from model.pt with plain autograd in double precision; nothing of Tapetum's Java takes part.
The inputs are audited demo images, normalised as the bundle says. Run again whenever the demo models were trained anew:

    java -cp target/classes dev.tapetum.demo.RenderDataset audit 2000 7 target/demo-data/audit
    python src/test/python/make_attribution_fixtures.py

Written for each model: index.json (names, shapes, predicted classes) and for each array a file of little-endian float32
in row-major order.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import warnings
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

ROOT = Path(__file__).resolve().parents[3]
MODELS = ROOT / "src/main/resources/dev/tapetum/demo/models"
FIXTURES = ROOT / "src/test/resources/fixtures/attribution"
STEPS = 50
ROUNDING = 2e-7  # what single precision loses on a normalised pixel of size two
TRIALS = 2
STEADY = 5e-5  # half of the relative error that the fixtures are there to find

# A plain image, a tagged one, one of the weak site, a tinted one.
KINDS = (
    {"site": "atrium", "tag": "no", "tint": "no"},
    {"tag": "yes", "tint": "no"},
    {"site": "annex", "tag": "no", "tint": "no"},
    {"tag": "no", "tint": "yes"},
)


class Bundle:
    """A bundle's model in one precision, with what its model.conf says of input and taps."""

    def __init__(self, directory: Path, dtype: torch.dtype) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch.jit is deprecated, and is the format of a bundle
            self.model = torch.jit.load(str(directory / "model.pt")).eval().to(dtype)

        conf = (directory / "model.conf").read_text(encoding="utf-8")
        self.mean, self.std = (self._triple(conf, key) for key in ("mean", "std"))
        self.width, self.height = (int(re.search(rf"{key} = (\d+)", conf)[1]) for key in ("width", "height"))
        self.taps = [
            (name, layout, (int(rows), int(columns)), int(prefix or 0))
            for name, layout, rows, columns, prefix in re.findall(
                r"name = (\w+), layout = (\w+), channels = \d+, grid = \[(\d+), (\d+)\](?:, prefix-tokens = (\d+))?",
                conf,
            )
        ]

    @staticmethod
    def _triple(conf: str, key: str) -> Tensor:
        numbers = re.search(rf"{key} = \[([^\]]*)\]", conf)[1]
        return torch.tensor([float(number) for number in numbers.split(",")]).double().view(1, 3, 1, 1)

    def read(self, path: Path) -> Tensor:
        pixels = np.asarray(Image.open(path).resize((self.width, self.height), Image.Resampling.BILINEAR))
        image = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].double() / 255
        # Rounded to float32, because that is what the files hold and what the other side starts from.
        return ((image - self.mean) / self.std).float().double()

    def gradient(self, images: Tensor, targets: Tensor) -> Tensor:
        leaf = images.clone().requires_grad_()
        score = self.model(leaf).gather(1, targets[:, None]).sum()
        return torch.autograd.grad(score, leaf)[0]

    def integrated_gradients(self, images: Tensor, targets: Tensor, jitter: torch.Generator | None = None) -> Tensor:
        """(x - x') times the integral of the gradient from the black baseline x' to x, by Gauss-Legendre on [0, 1].

        With jitter, every point of the path is displaced by noise of the size of rounding.
        """
        baseline = self.black().to(images.dtype).expand_as(images)
        nodes, weights = np.polynomial.legendre.leggauss(STEPS)
        total = torch.zeros_like(images)
        for node, weight in zip((nodes + 1) / 2, weights / 2):
            point = baseline + node * (images - baseline)
            if jitter:
                point = point + ROUNDING * torch.randn(point.shape, generator=jitter)

            total += weight * self.gradient(point, targets)

        return (images - baseline) * total

    def black(self) -> Tensor:
        return ((0 - self.mean) / self.std).float().double()

    def baseline_scores(self, targets: Tensor, dtype: torch.dtype) -> Tensor:
        black = self.black().to(dtype).expand(len(targets), 3, self.height, self.width)
        with torch.no_grad():
            return self.model(black).gather(1, targets[:, None])[:, 0]

    def grad_cam(self, images: Tensor, targets: Tensor, tap) -> Tensor:
        name, layout, (rows, columns), prefix = tap
        activation = getattr(self.model, f"stem_{name}")(images).detach().requires_grad_()
        score = getattr(self.model, f"head_{name}")(activation).gather(1, targets[:, None]).sum()
        gradient = torch.autograd.grad(score, activation)[0]
        activation = activation.detach()
        if layout == "tokens":
            activation, gradient = (
                tensor[:, prefix:].transpose(1, 2).reshape(len(images), -1, rows, columns)
                for tensor in (activation, gradient)
            )

        weights = gradient.mean((2, 3), keepdim=True)
        return torch.relu((weights * activation).sum(1))


def is_steady(image: Tensor, exact: Bundle, single: Bundle) -> bool:
    """Whether integrated gradients keep their values in single precision, wherever that may round.

    Where a ReLU's argument is within rounding of zero at one of the nodes, the gradient there is one of two values, and
    which one is an accident of the machine; such an image cannot tell a right program from a wrong one.
    """
    target = exact.model(image).argmax(1)
    expected = exact.integrated_gradients(image, target)
    jitter = torch.Generator().manual_seed(1)
    return all(
        _relative(expected, single.integrated_gradients(image.float(), target, source)) <= STEADY
        for source in (None, *[jitter] * TRIALS)
    )


def choose(data: Path, exact: Bundle, single: Bundle) -> tuple[Tensor, list[str]]:
    """For each kind the first steady image and its path."""
    with (data / "manifest.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    images, paths = [], []
    for kind in KINDS:
        candidates = (row["path"] for row in rows if kind.items() <= row.items())
        path = next(path for path in candidates if is_steady(exact.read(data / path), exact, single))
        images.append(exact.read(data / path))
        paths.append(path)

    return torch.cat(images), paths


def attributions(bundle: Bundle, images: Tensor) -> dict[str, Tensor]:
    with torch.no_grad():
        logits = bundle.model(images)

    targets = logits.argmax(1)
    arrays = {
        "inputs": images,
        "logits": logits,
        "saliency": bundle.gradient(images, targets),
        "integrated_gradients": bundle.integrated_gradients(images, targets),
        "baseline_scores": bundle.baseline_scores(targets, images.dtype),
    }
    for tap in bundle.taps:
        grid = bundle.grad_cam(images, targets, tap)
        arrays[f"grad_cam_{tap[0]}_grid"] = grid
        size = (bundle.height, bundle.width)
        upsampled = torch.nn.functional.interpolate(grid[:, None], size, mode="bilinear", align_corners=False)
        arrays[f"grad_cam_{tap[0]}"] = upsampled[:, 0]

    return arrays


def write(directory: Path, bundle: Path, data: Path) -> None:
    exact, single = Bundle(bundle, torch.float64), Bundle(bundle, torch.float32)
    images, paths = choose(data, exact, single)
    arrays = attributions(exact, images)
    directory.mkdir(parents=True, exist_ok=True)
    predicted = arrays["logits"].argmax(1)
    index = {"images": paths, "predicted": predicted.tolist(), "steps": STEPS, "baseline": "black", "arrays": {}}
    for name, values in arrays.items():
        array = values.numpy().astype("<f4")
        array.tofile(directory / f"{name}.f32")
        index["arrays"][name] = {"file": f"{name}.f32", "shape": list(array.shape)}

    (directory / "index.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")

    size = sum(file.stat().st_size for file in directory.iterdir())
    print(f"{directory.name}: predicted {predicted.tolist()}, {size:,} bytes")
    gain = arrays["logits"].gather(1, predicted[:, None])[:, 0] - arrays["baseline_scores"]
    error = arrays["integrated_gradients"].sum((1, 2, 3)) - gain
    print(f"  completeness: {[f'{e:+.4f} of {g:.3f}' for e, g in zip(error.tolist(), gain.tolist())]}")
    for name, values in attributions(single, images.float()).items():
        print(f"  {name:<24} in single precision: relative difference {_relative(arrays[name], values):.1e}")


def _relative(expected: Tensor, actual: Tensor) -> float:
    """Largest difference of an image's array over that array's largest value: what single precision alone costs."""
    expected, actual = (tensor.double().reshape(len(tensor), -1) for tensor in (expected, actual))
    return float(((expected - actual).abs().amax(1) / expected.abs().amax(1)).max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "target/demo-data/audit", help="the rendered audit split")
    parser.add_argument("--models", type=Path, default=MODELS, help="the directory of the bundles")
    parser.add_argument("--out", type=Path, default=FIXTURES)
    arguments = parser.parse_args()
    for name in ("cnn", "vit"):
        write(arguments.out / name, arguments.models / name, arguments.data)


if __name__ == "__main__":
    main()
