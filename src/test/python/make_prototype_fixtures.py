#!/usr/bin/env python3
"""Sixty steps of prototypes by PyTorch's autograd and its Adam, for the gradients that are derived by hand to be compared with.

    python src/test/python/make_prototype_fixtures.py

Writes src/test/resources/fixtures/prototype/climbs.json: per case the start and the image after the last step, on the scale from 0 to 1, of
the two-layer model of dev.tapetum.model.Toys, without transforms, in double precision. The spectrum is written with torch.fft, from lucent's
description of it. Only starts are kept from which rounding to single precision before every step changes nothing by more than a tenth of what
the fixtures are there to find: near a kink of the model or between two values that are drawn together it is an accident which way a step goes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

OUT = Path(__file__).resolve().parents[1] / "resources/fixtures/prototype/climbs.json"
CHANNELS, HEIGHT, WIDTH, CLASSES, HIDDEN = 3, 4, 4, 3, 16
STEPS, FOUND, SEEDS = 60, 1e-6, 2
RATE = 0.006  # most values stay off black and white, some do not
SPECTRUM_RATE = 0.05
MEAN = torch.tensor([0.5, 0.4, 0.3], dtype=torch.float64)[:, None, None]
STD = torch.tensor([0.25, 0.2, 0.5], dtype=torch.float64)[:, None, None]
COLOURS = np.array([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])


def weights(rows: int, cols: int, phase: float) -> Tensor:
    return torch.tensor([[math.sin(1.7 * i + 0.9 * j + 0.13 * i * j + phase) / math.sqrt(cols) for j in range(cols)] for i in range(rows)],
                        dtype=torch.float64)  # fmt: skip


def bias(rows: int, phase: float) -> Tensor:
    return torch.tensor([0.3 * math.cos(2.3 * i + phase) for i in range(rows)], dtype=torch.float64)


SIZE = CHANNELS * HEIGHT * WIDTH
W1, B1 = weights(HIDDEN, SIZE, 1.5), bias(HIDDEN, 1.5)
W2, B2 = weights(CLASSES, HIDDEN, 2.5), bias(CLASSES, 2.5)


def logits(image: Tensor) -> Tensor:
    x = ((image - MEAN) / STD).flatten()
    return W2 @ torch.relu(W1 @ x + B1) + B2


def roughness(x: Tensor) -> Tensor:
    return (x[:, :, 1:] - x[:, :, :-1]).abs().mean() + (x[:, 1:] - x[:, :-1]).abs().mean()


def per_image_adam(steps: int, rate: float) -> Callable[[int, Tensor, Tensor, dict], Tensor]:
    """Adam with a single second moment, the mean of the squares."""

    def step(t: int, x: Tensor, g: Tensor, state: dict) -> Tensor:
        state["m"] = 0.9 * state.get("m", torch.zeros_like(g)) + 0.1 * g
        state["v"] = 0.999 * state.get("v", 0.0) + 0.001 * float((g * g).mean())
        return x - rate * (state["m"] / (1 - 0.9**t)) / (math.sqrt(state["v"] / (1 - 0.999**t)) + 1e-8)

    return step


def prototype(start: Tensor, target: int, scale: str, weight: float, single: bool) -> Tensor:
    x = start.clone().requires_grad_()
    adam = torch.optim.Adam([x], lr=RATE)
    own = per_image_adam(STEPS, RATE)
    state: dict = {}
    for t in range(1, STEPS + 1):
        adam.zero_grad()
        shown = x + (x.float().double() - x).detach() if single else x
        logit = logits(shown)[target]
        price = weight * float(torch.autograd.grad(logit, x, retain_graph=True)[0].abs().sum())
        (-logit + price * roughness(x)).backward()
        if single:
            x.grad = x.grad.float().double()

        if scale == "pixel":
            adam.step()
        else:
            with torch.no_grad():
                x.copy_(own(t, x, x.grad, state))

        with torch.no_grad():
            x.clamp_(0, 1)

    return x.detach()


def picture(spectrum: Tensor) -> Tensor:
    fy = np.fft.fftfreq(HEIGHT)[:, None]
    fx = np.fft.fftfreq(WIDTH)[: WIDTH // 2 + 1]
    frequencies = np.sqrt(fx * fx + fy * fy)
    scale = torch.tensor(1.0 / np.maximum(frequencies, 1.0 / max(WIDTH, HEIGHT)))
    planes = torch.fft.irfft2(torch.view_as_complex(spectrum) * scale, s=(HEIGHT, WIDTH), norm="ortho") / 4.0
    mix = torch.tensor(COLOURS / np.max(np.linalg.norm(COLOURS, axis=0)))
    return torch.sigmoid(torch.einsum("chw,dc->dhw", planes, mix))


def maximised(start: Tensor, target: int, single: bool) -> Tensor:
    spectrum = start.clone().requires_grad_()
    adam = torch.optim.Adam([spectrum], lr=SPECTRUM_RATE)
    for _ in range(STEPS):
        adam.zero_grad()
        image = picture(spectrum)
        shown = image + (image.float().double() - image).detach() if single else image
        (-logits(shown)[target]).backward()
        if single:
            spectrum.grad = spectrum.grad.float().double()

        adam.step()

    return picture(spectrum).detach()


def cases(generator: torch.Generator):
    for name, scale, weight in [("pixel", "pixel", 0.0), ("image", "image", 0.0), ("smooth", "image", 0.1)]:
        for target in range(CLASSES):
            def starts() -> Tensor:
                return 0.4 + 0.2 * torch.rand(CHANNELS, HEIGHT, WIDTH, generator=generator, dtype=torch.float64)

            def climb(start: Tensor, single: bool, scale=scale, weight=weight, target=target) -> Tensor:
                return prototype(start, target, scale, weight, single)

            yield {"kind": "prototype", "name": name, "step-scale": scale, "high-frequency": weight, "rate": RATE, "target": target}, starts, climb

    for target in range(CLASSES):
        def spectra() -> Tensor:
            return 0.01 * torch.randn(CHANNELS, HEIGHT, WIDTH // 2 + 1, 2, generator=generator, dtype=torch.float64)

        def climb_spectrum(start: Tensor, single: bool, target=target) -> Tensor:
            return maximised(start, target, single)

        yield {"kind": "activation-maximisation", "name": "spectrum", "rate": SPECTRUM_RATE, "target": target}, spectra, climb_spectrum


def main() -> None:
    generator = torch.Generator().manual_seed(20)
    written = []
    for case, starts, climb in cases(generator):
        kept = 0
        for trial in range(200):
            start = starts()
            end = climb(start, False)
            error = float((climb(start, True) - end).abs().max())
            if error <= FOUND / 10:
                kept += 1
                written.append(case | {"start": start.flatten().tolist(), "end": end.flatten().tolist()})
                print(case["name"], case["target"], f"trial {trial}, single precision {error:.1e}, inside {float(((end > 0) & (end < 1)).double().mean()):.2f}")
                if kept == SEEDS:
                    break

        assert kept == SEEDS, case

    OUT.parent.mkdir(parents=True, exist_ok=True)
    content = {"steps": STEPS, "climbs": written}
    OUT.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
