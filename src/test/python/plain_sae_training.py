#!/usr/bin/env python3
"""Training steps of a sparse autoencoder as one would write them in plain PyTorch, to be timed beside Tapetum's learner.

    python src/test/python/plain_sae_training.py top-k --width 384 --expansion 16 --batch 4096 --steps 3

Dense products and autograd; prints tokens per second. The benchmark starts it itself with -Dbench.python=python3.
"""

from __future__ import annotations

import argparse
import time

import torch
from torch import Tensor

K = 32
PENALTY = 4e-4
TARGET = 32.0
BANDWIDTH = 1e-3
SHARES = [1 / 32, 1 / 16, 1 / 8, 1 / 4]


class Threshold(torch.autograd.Function):
    """value(h) where h > theta, with the rectangle as the derivative in theta."""

    @staticmethod
    def forward(ctx, h: Tensor, theta: Tensor, step: bool) -> Tensor:
        ctx.save_for_backward(h, theta)
        ctx.step = step
        active = (h > theta).to(h.dtype)
        return active if step else h * active

    @staticmethod
    def backward(ctx, grad: Tensor):
        h, theta = ctx.saved_tensors
        near = ((h - theta).abs() < BANDWIDTH / 2).to(h.dtype) * grad
        if ctx.step:
            return None, -near.sum(0) / BANDWIDTH, None

        return (h > theta) * grad, -theta / BANDWIDTH * near.sum(0), None


class Autoencoder(torch.nn.Module):
    def __init__(self, width: int, features: int):
        super().__init__()
        decoder = torch.nn.functional.normalize(torch.randn(features, width), dim=1)
        self.encoder = torch.nn.Linear(width, features)
        self.encoder.weight.data.copy_(decoder)
        self.encoder.bias.data.zero_()
        self.decoder = torch.nn.Parameter(decoder)
        self.bias = torch.nn.Parameter(torch.zeros(width))
        self.thresholds = torch.nn.Parameter(torch.full((features,), BANDWIDTH))

    def loss(self, objective: str, x: Tensor) -> Tensor:
        h = self.encoder(x - self.bias)
        if objective == "jump-relu":
            f = Threshold.apply(h, self.thresholds, False)
            penalty = (Threshold.apply(h, self.thresholds, True).sum(1).mean() / TARGET - 1) ** 2
            return ((f @ self.decoder + self.bias - x) ** 2).mean() + penalty

        f = torch.relu(h)
        if objective == "relu":
            return ((f @ self.decoder + self.bias - x) ** 2).mean() + PENALTY * f.sum(1).mean()

        if objective == "matryoshka":
            sizes = [round(share * f.shape[1]) for share in SHARES]
            sizes.append(f.shape[1] - sum(sizes))
            rebuilt, losses = self.bias, []
            for part, rows in zip(f.split(sizes, 1), self.decoder.split(sizes, 0)):
                rebuilt = rebuilt + part @ rows
                losses.append(((rebuilt - x) ** 2).mean())

            return sum(losses) / len(losses) + PENALTY * f.sum(1).mean()

        if objective == "top-k":
            values, places = f.topk(K, dim=1, sorted=False)
            f = torch.zeros_like(f).scatter_(1, places, values)
        else:
            values, places = f.flatten().topk(K * len(x), sorted=False)
            f = torch.zeros_like(f).view(-1).scatter_(0, places, values).view(f.shape)

        return ((f @ self.decoder + self.bias - x) ** 2).mean()


def step(model: Autoencoder, optimizer: torch.optim.Optimizer, objective: str, x: Tensor) -> None:
    optimizer.zero_grad()
    model.loss(objective, x).backward()
    with torch.no_grad():
        decoder = model.decoder
        decoder.grad -= (decoder.grad * decoder).sum(1, keepdim=True) * decoder

    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    with torch.no_grad():
        decoder /= decoder.norm(dim=1, keepdim=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("objective", choices=["relu", "top-k", "batch-top-k", "matryoshka", "jump-relu"])
    parser.add_argument("--width", type=int, default=384)
    parser.add_argument("--expansion", type=int, default=16)
    parser.add_argument("--batch", type=int, default=4096)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    model = Autoencoder(arguments.width, arguments.expansion * arguments.width)
    optimizer = torch.optim.Adam(model.parameters(), lr=4e-4)
    x = torch.randn(arguments.batch, arguments.width)
    step(model, optimizer, arguments.objective, x)
    start = time.perf_counter()
    for _ in range(arguments.steps):
        step(model, optimizer, arguments.objective, x)

    print(arguments.steps * arguments.batch / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
