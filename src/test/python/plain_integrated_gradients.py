#!/usr/bin/env python3
"""Integrated gradients as one would write them in plain PyTorch, to be timed beside Tapetum's engine.

    python src/test/python/plain_integrated_gradients.py BUNDLE/model.pt --size 224 --images 8

Prints images per second. The benchmark starts it itself with -Dbench.python=python3.
"""

from __future__ import annotations

import argparse
import time

import torch
from torch import Tensor


def integrated_gradients(model: torch.nn.Module, image: Tensor, target: int, steps: int, batch: int) -> Tensor:
    """Midpoint rule from a baseline of zeros."""
    total = torch.zeros_like(image)
    for start in range(0, steps, batch):
        alphas = (torch.arange(start, min(start + batch, steps)) + 0.5) / steps
        points = (image * alphas.view(-1, 1, 1, 1)).requires_grad_()
        score = model(points)[:, target].sum()
        (gradient,) = torch.autograd.grad(score, points)
        total += gradient.sum(0, keepdim=True)

    return total / steps * image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="TorchScript file of a bundle")
    parser.add_argument("--size", type=int, default=224, help="height and width of an image")
    parser.add_argument("--images", type=int, default=8)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--batch", type=int, default=10, help="path points per call")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    model = torch.jit.load(arguments.model).eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)

    images = torch.randn(arguments.images, 1, 3, arguments.size, arguments.size)
    for image in images[:2]:
        integrated_gradients(model, image, 0, arguments.steps, arguments.batch)

    start = time.perf_counter()
    for image in images:
        integrated_gradients(model, image, 0, arguments.steps, arguments.batch)

    print(len(images) / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
