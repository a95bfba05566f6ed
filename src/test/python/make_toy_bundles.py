#!/usr/bin/env python3
"""Writes the toy bundles that the tests hold against the toy models of dev.tapetum.model.

    python src/test/python/make_toy_bundles.py [DIRECTORY]      default: src/test/resources/models

The weights are the formula that dev.tapetum.model.Toys has too, so that neither side copies numbers from the other.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import torch
from torch import Tensor, nn

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "submit"))

from export_model import Input, Tap, Variants, export  # noqa: E402

CHANNELS, HEIGHT, WIDTH = 3, 4, 4
CLASSES = ["circle", "square", "star"]
INPUT = Input(WIDTH, HEIGHT, mean=(0.5, 0.4, 0.3), std=(0.25, 0.2, 0.5), resize="none")


def weights(rows: int, cols: int, phase: float) -> Tensor:
    values = [[math.sin(1.7 * i + 0.9 * j + 0.13 * i * j + phase) for j in range(cols)] for i in range(rows)]
    return torch.tensor(values, dtype=torch.float64).div(math.sqrt(cols)).float()


def bias(rows: int, phase: float) -> Tensor:
    return torch.tensor([0.3 * math.cos(2.3 * i + phase) for i in range(rows)], dtype=torch.float64).float()


class Affine(nn.Module):
    """Weights of one phase; initialised anew they get another phase, which Toys.variants() knows."""

    def __init__(self, inputs: int, outputs: int, phase: float, fresh_phase: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(weights(outputs, inputs, phase))
        self.bias = nn.Parameter(bias(outputs, phase))
        self.fresh_phase = fresh_phase

    def forward(self, values: Tensor) -> Tensor:
        return values @ self.weight.t() + self.bias

    def reset_parameters(self) -> None:
        with torch.no_grad():
            self.weight.copy_(weights(*self.weight.shape, self.fresh_phase))
            self.bias.copy_(bias(len(self.bias), self.fresh_phase))


class Linear(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.affine = Affine(CHANNELS * HEIGHT * WIDTH, len(CLASSES), 0.5, 6.5)

    def forward(self, images: Tensor) -> Tensor:
        return self.affine(images.flatten(1))


class TwoLayerRelu(nn.Module):
    """The hidden layer after its ReLU is the tap, in the shape that is given."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.shape = shape
        self.first = Affine(CHANNELS * HEIGHT * WIDTH, math.prod(shape), 1.5, 8.5)
        self.second = Affine(math.prod(shape), len(CLASSES), 2.5, 7.5)

    def stem_hidden(self, images: Tensor) -> Tensor:
        return torch.relu(self.first(images.flatten(1))).reshape(-1, *self.shape)

    def head_hidden(self, activation: Tensor) -> Tensor:
        return self.second(activation.flatten(1))

    def forward(self, images: Tensor) -> Tensor:
        return self.head_hidden(self.stem_hidden(images))


def main() -> None:
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "src/test/resources/models"
    hidden = [Tap("hidden")]
    variants = Variants(randomised=True, noisy=2, noise_level=0.02)
    common = {"input": INPUT, "classes": CLASSES, "origin": "make_toy_bundles.py", "force": True}
    export(Linear(), directory / "toy-linear", rules=[], **common)
    export(TwoLayerRelu((4, 2, 2)), directory / "toy-relu", taps=hidden, wanted=variants, **common)
    export(TwoLayerRelu((5, 3)), directory / "toy-tokens", taps=hidden, **common)


if __name__ == "__main__":
    main()
