#!/usr/bin/env python3
"""Training steps of sparse autoencoders by PyTorch's autograd, for the gradients that are derived by hand to be compared with.

    python src/test/python/make_sae_fixtures.py

Writes src/test/resources/fixtures/sae/training_steps.json: per objective the first weights, the gradients of the first and of the third step before
anything is taken out of them, the losses of three steps, and the weights after those. And python.safetensors, a small file of Python's own.
Needs PyTorch and safetensors.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

WIDTH, FEATURES, BATCH, STEPS = 6, 24, 32, 3
LEARNING_RATE, CLIP, WARMTH = 0.01, 1.0, 0.5
PENALTY = 0.02
K, AUXILIARY, DEAD_AFTER = 3, 0.5, BATCH + 1
TARGET, BANDWIDTH, JUMP_PENALTY = 4.0, 0.4, 0.7
PREFIXES = [3, 9, 24]


class Step(torch.autograd.Function):
    """1[h > theta], with the rectangle as the derivative in theta."""

    @staticmethod
    def forward(ctx, h: Tensor, theta: Tensor) -> Tensor:
        ctx.save_for_backward(h, theta)
        return (h > theta).float()

    @staticmethod
    def backward(ctx, grad: Tensor):
        h, theta = ctx.saved_tensors
        near = ((h - theta).abs() < BANDWIDTH / 2).float()
        return None, (-near / BANDWIDTH * grad).sum(0)


class Jump(torch.autograd.Function):
    """h 1[h > theta], with the rectangle as the derivative in theta."""

    @staticmethod
    def forward(ctx, h: Tensor, theta: Tensor) -> Tensor:
        ctx.save_for_backward(h, theta)
        return h * (h > theta).float()

    @staticmethod
    def backward(ctx, grad: Tensor):
        h, theta = ctx.saved_tensors
        near = ((h - theta).abs() < BANDWIDTH / 2).float()
        return (h > theta).float() * grad, (-theta / BANDWIDTH * near * grad).sum(0)


def kept(h: Tensor, k: int, dim: int) -> Tensor:
    """All but the largest k set to zero, and the negative ones."""
    values, places = torch.topk(h, k, dim=dim)
    return torch.zeros_like(h).scatter(dim, places, torch.relu(values))


def objective(kind: str, x: Tensor, w: dict[str, Tensor], silent: Tensor) -> tuple[Tensor, Tensor]:
    h = (x - w["decoder_bias"]) @ w["encoder"].T + w["encoder_bias"]
    auxiliary = torch.zeros(())
    penalty = torch.zeros(())
    if kind in ("relu", "matryoshka"):
        f = torch.relu(h)
        penalty = PENALTY * WARMTH * f.sum(1).mean()
    elif kind == "jump-relu":
        f = Jump.apply(h, w["thresholds"])
        active = Step.apply(h, w["thresholds"]).sum(1).mean()
        penalty = JUMP_PENALTY * WARMTH * (active / TARGET - 1) ** 2
    elif kind == "top-k":
        f = kept(h, K, 1)
    else:
        f = kept(h.flatten(), K * len(x), 0).reshape(h.shape)

    if kind == "matryoshka":
        parts = [f[:, :end] @ w["decoder"][:end] + w["decoder_bias"] for end in PREFIXES]
        mse = torch.stack([((part - x) ** 2).mean() for part in parts]).mean()
    else:
        rebuilt = f @ w["decoder"] + w["decoder_bias"]
        mse = ((rebuilt - x) ** 2).mean()

    dead = silent >= DEAD_AFTER
    if kind in ("top-k", "batch-top-k") and dead.any():
        residual = (x - rebuilt).detach()
        of_dead = kept(h[:, dead], min(WIDTH // 2, int(dead.sum())), 1)
        error = of_dead @ w["decoder"][dead] - residual
        auxiliary = AUXILIARY * (error**2).sum() / ((residual - residual.mean(0)) ** 2).sum()

    silent.copy_(torch.where((f > 0).any(0), 0, silent + len(x)))
    return mse + penalty + auxiliary, penalty + auxiliary


def numbers(tensors: dict[str, Tensor]) -> dict[str, list[float]]:
    return {name: [round(value, 8) for value in tensor.detach().flatten().tolist()] for name, tensor in tensors.items()}


def trained(kind: str, x: Tensor) -> dict:
    generator = torch.Generator().manual_seed(len(kind))
    decoder = torch.randn(FEATURES, WIDTH, generator=generator)
    decoder /= decoder.norm(dim=1, keepdim=True)
    weights = {
        "encoder": decoder.clone() + 0.1 * torch.randn(FEATURES, WIDTH, generator=generator),
        "encoder_bias": 0.1 * torch.randn(FEATURES, generator=generator),
        "decoder": decoder,
        "decoder_bias": 0.1 * torch.randn(WIDTH, generator=generator),
    }
    # Five latents that are weak, and so never among the largest: they are dead in the third step, more of them than are revived at once.
    if kind.endswith("top-k"):
        weights["encoder_bias"][:5] = 0.0
        weights["encoder"][:5] *= 0.1

    if kind == "jump-relu":
        weights["thresholds"] = 0.3 + 0.2 * torch.rand(FEATURES, generator=generator)

    # What the other side reads is what this side starts from.
    weights = {name: torch.tensor(values).reshape(weights[name].shape) for name, values in numbers(weights).items()}
    start = numbers(weights)
    for weight in weights.values():
        weight.requires_grad_()

    optimizer = torch.optim.Adam(list(weights.values()), lr=LEARNING_RATE)
    silent = torch.zeros(FEATURES, dtype=torch.int64)
    losses, gradients = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        total, extra = objective(kind, x, weights, silent)
        total.backward()
        gradients.append(numbers({name: weight.grad for name, weight in weights.items()}))
        losses.append([total.item(), extra.item()])
        with torch.no_grad():
            decoder = weights["decoder"]
            decoder.grad -= (decoder.grad * decoder).sum(1, keepdim=True) * decoder

        torch.nn.utils.clip_grad_norm_(list(weights.values()), CLIP)
        optimizer.step()
        with torch.no_grad():
            weights["decoder"] /= weights["decoder"].norm(dim=1, keepdim=True)
            if "thresholds" in weights:
                weights["thresholds"].clamp_(min=0)

    return {
        "start": start,
        "gradients": gradients[0],
        "last_gradients": gradients[-1],
        "losses": losses,
        "dead": int((silent >= DEAD_AFTER).sum()),
        "end": numbers(weights),
    }


def main() -> None:
    generator = torch.Generator().manual_seed(7)
    x = torch.randn(BATCH, WIDTH, generator=generator)
    x = torch.tensor(numbers({"x": x})["x"]).reshape(x.shape)
    kinds = ["relu", "top-k", "batch-top-k", "matryoshka", "jump-relu"]
    fixture = {"tokens": numbers({"x": x})["x"], **{kind: trained(kind, x) for kind in kinds}}
    path = Path(__file__).parents[1] / "resources" / "fixtures" / "sae" / "training_steps.json"
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
    matrix = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 2
    whole = torch.tensor([-1, 2**40])
    save_file({"matrix": matrix, "whole": whole}, path.with_name("python.safetensors"), metadata={"made": "by Python"})
    assert all(math.isfinite(value) for value in fixture["tokens"])
    print({kind: (fixture[kind]["losses"], fixture[kind]["dead"]) for kind in kinds})


if __name__ == "__main__":
    main()
