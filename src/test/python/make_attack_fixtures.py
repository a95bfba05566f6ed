#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's attack on maps, and the products with the Hessian that it needs, against autograd.

Written from Ghorbani, Abid and Zou 2019 (arXiv 1710.10547) on the modules of the demo models with the weights of their
bundles, in double precision. Nothing of Tapetum's Java or of submit/export_rules.py takes part, and not the program in the
bundle. Of the CNN, maps and predictions are the model's, and their derivative is that of the same network with every ReLU
replaced by log(1 + exp(20 z)) / 20. Nothing is multiplied out by hand: the criterion is written down as a function of the
image and differentiated as a whole.

    python src/test/python/make_attack_fixtures.py

make_attribution_fixtures.py says how to render the images. The gradient of a network of ReLUs jumps where the argument of
one of them is zero. An iterate within rounding of such a place has one of two maps and one of two next steps, and which is
an accident of the machine. The images are the first on which no argument comes as near to zero as a few times its rounding,
and on which single precision and displaced pixels change nothing by more than half of what the fixtures are there to find,
and no value of an attacked image. Written for each model:

    index.json                      the settings; for windows of 0 and 1 the criterion of every iterate, the start first, and
                                    whether the image's prediction is kept there
    inputs.u8                       the images, values of 0 to 255
    curvature.f32                   H x, the Hessian at the image times the image
    gradient.f32                    dL/dx at the image, L the share of the gradient's map in its largest pixels
    input_x_gradient.f32            the same of the map x G
    integrated_gradients.f32        the same of the map (x - black) mean G, at the middles of ten parts of the way
    attacked_0.u8, attacked_1.u8    the attacked images for either window

Of the vectors every seventh value is kept, which leaves out no row, column or channel.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from make_attribution_fixtures import FIXTURES, MODELS, ROOT, ROUNDING, Bundle

sys.path.insert(0, str(ROOT / "src/main/python"))

from train_demo_models import RECIPES, DemoCnn, DemoVit, trained  # noqa: E402

BETA = 20
SHARE = 0.02
EPSILON = 8  # of 255, as the step is
STEP = 2
ITERATIONS = 5  # the box is reached after four
WINDOWS = (0, 1)
NODES = 10
STRIDE = 7
IMAGES = 2
TRIALS = 4
MARGIN = 3
STEADY = 5e-4  # half of the relative error that the fixtures are there to find

Network = Callable[[Tensor], Tensor]


def cnn(model: DemoCnn, activation: Callable[[Tensor], Tensor]) -> Network:
    """The demo's CNN, with another activation in the place of its ReLUs."""

    def forward(x: Tensor) -> Tensor:
        conv, norm, _ = model.block1
        x = activation(norm(conv(x)))
        for block in (model.block2, model.block3):
            inner = activation(block.norm1(block.conv1(x)))
            x = activation(block.norm2(block.conv2(inner)) + block.shortcut(x))

        return model.classifier(x.mean((2, 3)))

    return forward


def softplus(z: Tensor) -> Tensor:
    return F.softplus(z, BETA)


@dataclass(frozen=True)
class Explained:
    """A network and the class whose logit is explained; smooth is what is differentiated twice."""

    network: Network
    smooth: Network
    target: int

    def gradient(self, x: Tensor) -> Tensor:
        """The network's gradient, as a function of x whose derivative is the Hessian of the smooth one's logit."""
        (smooth,) = torch.autograd.grad(self.smooth(x)[0, self.target], x, create_graph=True)
        leaf = x.detach().requires_grad_()
        (value,) = torch.autograd.grad(self.network(leaf)[0, self.target], leaf)
        return smooth + (value - smooth).detach()

    def curvature(self, x: Tensor, v: Tensor) -> Tensor:
        leaf = x.clone().requires_grad_()
        return torch.autograd.grad((self.gradient(leaf) * v).sum(), leaf)[0]

    def predicted(self, x: Tensor) -> int:
        with torch.no_grad():
            return int(self.network(x).argmax())

    def input_x_gradient(self, x: Tensor) -> Tensor:
        return x * self.gradient(x)

    def integrated_gradients(self, x: Tensor, black: Tensor) -> Tensor:
        middles = [(j + 0.5) / NODES for j in range(NODES)]
        return (x - black) * sum(self.gradient(black + alpha * (x - black)) for alpha in middles) / NODES


class Criterion:
    """The share of a map's mass that lies in the largest pixels of the image's own map, or in windows around them."""

    def __init__(self, attribution: Tensor, window: int) -> None:
        sizes = attribution.detach().abs().sum(1)
        count = round(SHARE * sizes.numel())
        descending = sizes.flatten().sort(descending=True)[0]
        largest = (sizes >= descending[count - 1]).to(sizes.dtype)
        assert int(largest.sum()) == count
        self.inside = F.max_pool2d(largest, 2 * window + 1, 1, window)

    def __call__(self, attribution: Tensor) -> Tensor:
        sizes = attribution.abs().sum(1)
        return (sizes * self.inside).sum() / sizes.sum()


def direction(attribute: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    leaf = x.clone().requires_grad_()
    attribution = attribute(leaf)
    return torch.autograd.grad(Criterion(attribution, 0)(attribution), leaf)[0]


@dataclass(frozen=True)
class Attacked:
    """The iterates of an attack, as pixels of 0 to 255, with their values and whether they keep the prediction."""

    iterates: list[Tensor]
    values: list[float]
    kept: list[bool]

    def best(self) -> int:
        return min((t for t, kept in enumerate(self.kept) if kept), key=self.values.__getitem__)

    def attacked(self) -> Tensor:
        return self.iterates[self.best()].double()


class Demo:
    """A demo model in one precision; with jitter its inputs move by as much as rounding does."""

    def __init__(self, name: str, models: Path, dtype: torch.dtype, jitter: torch.Generator | None = None) -> None:
        model = trained(RECIPES[name], models / name)[0].eval().requires_grad_(False).to(dtype)
        self.network = model
        self.smooth = cnn(model, softplus) if name == "cnn" else model
        self.dtype = dtype
        self.jitter = jitter
        bundle = Bundle(models / name, dtype)
        self.mean, self.std, self.black = (t.to(dtype) for t in (bundle.mean, bundle.std, bundle.black()))
        if name == "cnn":
            x = torch.rand(2, 3, bundle.height, bundle.width, dtype=dtype)
            assert torch.allclose(cnn(model, torch.relu)(x), model(x))

    def _input(self, x: Tensor) -> Tensor:
        if self.jitter:
            x = x + ROUNDING * torch.randn(x.shape, generator=self.jitter)

        return x.to(self.dtype)

    def predicted(self, x: Tensor) -> int:
        with torch.no_grad():
            return int(self.network(self._input(x)).argmax())

    def vectors(self, x: Tensor, target: int) -> dict[str, Tensor]:
        explained = Explained(self.network, self.smooth, target)
        x = self._input(x)
        black = self.black.expand_as(x)
        return {
            "curvature": explained.curvature(x, x),
            "gradient": direction(explained.gradient, x),
            "input_x_gradient": direction(explained.input_x_gradient, x),
            "integrated_gradients": direction(lambda leaf: explained.integrated_gradients(leaf, black), x),
        }

    def pixels(self, x: Tensor) -> Tensor:
        return ((x.to(self.dtype) * self.std + self.mean) * 255).round()

    def normalised(self, pixels: Tensor) -> Tensor:
        return (pixels / 255 - self.mean) / self.std

    def attack(self, x: Tensor, target: int, window: int) -> Attacked:
        """On pixels that are whole numbers, so that those of the iterates are too."""
        explained = Explained(self.network, self.smooth, target)
        image = self.pixels(x)
        pixels = image
        criterion: Criterion | None = None
        iterates, values, kept = [], [], []
        for _ in range(ITERATIONS + 1):
            leaf = self._input(self.normalised(pixels)).requires_grad_()
            attribution = explained.gradient(leaf)
            criterion = criterion or Criterion(attribution, window)
            share = criterion(attribution)
            iterates.append(pixels)
            values.append(float(share.detach()))
            kept.append(explained.predicted(leaf) == target)
            (slope,) = torch.autograd.grad(share, leaf)
            pixels = image + (pixels - STEP * slope.sign() - image).clamp(-EPSILON, EPSILON)
            pixels = pixels.clamp(0, 255)

        return Attacked(iterates, values, kept)

    def arguments(self, x: Tensor) -> list[Tensor]:
        """What the ReLUs of the CNN are applied to."""
        found: list[Tensor] = []

        def relu(z: Tensor) -> Tensor:
            found.append(z.double())
            return torch.relu(z)

        with torch.no_grad():
            cnn(self.network, relu)(self._input(x))

        return found


def relative(expected: Tensor, actual: Tensor) -> float:
    return float((expected - actual.double()).abs().max() / expected.abs().max())


def is_clear(exact: Demo, single: Demo, attacks: list[Attacked]) -> bool:
    """Whether no ReLU's argument, at any iterate, is so small that rounding could change its sign."""
    if not isinstance(exact.network, DemoCnn):
        return True

    for pixels in (pixels for attack in attacks for pixels in attack.iterates):
        x = exact.normalised(pixels)
        for expected, found in zip(exact.arguments(x), single.arguments(x)):
            if expected.abs().min() < MARGIN * (expected - found).abs().max():
                return False

    return True


def is_steady(image: Tensor, target: int, vectors: dict[str, Tensor], attacks: list[Attacked], others: list[Demo]) -> bool:
    """Whether single precision leaves everything where it is; says what it does."""
    errors = dict.fromkeys((*vectors, "values"), 0.0)
    same = True
    for other in others:
        for key, vector in other.vectors(image, target).items():
            errors[key] = max(errors[key], relative(vectors[key], vector))

        for window, attack in zip(WINDOWS, attacks):
            found = other.attack(image, target, window)
            errors["values"] = max(errors["values"], *(abs(a / b - 1) for a, b in zip(found.values, attack.values)))
            same = same and found.kept == attack.kept and torch.equal(found.attacked(), attack.attacked())

    print("  " + ", ".join(f"{key} {error:.1e}" for key, error in errors.items()) + ", same image" * same, flush=True)
    return same and max(errors.values()) <= STEADY


def write(directory: Path, models: Path, name: str, data: Path) -> None:
    bundle = Bundle(models / name, torch.float64)
    exact = Demo(name, models, torch.float64)
    jitter = torch.Generator().manual_seed(1)
    others = [Demo(name, models, torch.float32, noise) for noise in (None, *[jitter] * TRIALS)]
    with (data / "manifest.csv").open(newline="", encoding="utf-8") as lines:
        paths = [row["path"] for row in csv.DictReader(lines)]

    described: dict[str, object] = {"images": [], "predicted": []}
    arrays: dict[str, list[Tensor]] = {}
    attacks: list[list[Attacked]] = []
    for path in paths:
        image = bundle.read(data / path)
        target = exact.predicted(image)
        attacked = [exact.attack(image, target, window) for window in WINDOWS]
        # An attack none of whose iterates keeps the prediction ends at the image, which says little.
        if not all(one.best() for one in attacked) or not is_clear(exact, others[0], attacked):
            continue

        vectors = exact.vectors(image, target)
        print(f"{directory.name} {path}: {', '.join(f'{one.values[0]:.4f} -> {one.values[one.best()]:.4f}' for one in attacked)}")
        if is_steady(image, target, vectors, attacked, others):
            described["images"].append(path)
            described["predicted"].append(target)
            attacks.append(attacked)
            for key, vector in vectors.items():
                arrays.setdefault(f"{key}.f32", []).append(vector.flatten()[::STRIDE])

            images = {f"attacked_{window}": one.attacked() for window, one in zip(WINDOWS, attacked)}
            for key, pixels in {"inputs": exact.pixels(image), **images}.items():
                arrays.setdefault(f"{key}.u8", []).append(pixels[0])

        if len(attacks) == IMAGES:
            break

    described |= {"beta": BETA, "k": SHARE, "epsilon": EPSILON, "step": STEP, "iterations": ITERATIONS, "nodes": NODES,
                  "stride": STRIDE, "attacks": [], "arrays": {}}  # fmt: skip
    for window, found in zip(WINDOWS, zip(*attacks)):
        described["attacks"].append({"window": window, "values": [one.values for one in found],
                                     "kept": [one.kept for one in found]})  # fmt: skip

    directory.mkdir(parents=True, exist_ok=True)
    for file, parts in arrays.items():
        array = torch.stack(parts).numpy().astype("<f4" if file.endswith(".f32") else "u1")
        array.tofile(directory / file)
        described["arrays"][file.partition(".")[0]] = {"file": file, "shape": list(array.shape)}

    (directory / "index.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "target/demo-data/audit", help="the rendered audit split")
    parser.add_argument("--models", type=Path, default=MODELS, help="the directory of the bundles")
    parser.add_argument("--out", type=Path, default=FIXTURES)
    parser.add_argument("names", nargs="*", default=["cnn", "vit"], help="the bundles")
    arguments = parser.parse_args()
    for name in arguments.names:
        write(arguments.out / f"{name}-attack", arguments.models, name, arguments.data)


if __name__ == "__main__":
    main()
