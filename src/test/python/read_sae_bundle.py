#!/usr/bin/env python3
"""Reads an autoencoder's weights with Python's safetensors and checks them against what sae.conf says and what PyTorch computes.

    python src/test/python/read_sae_bundle.py BUNDLE

Prints the shapes, and the mean of ‖x − x̂‖² / ‖x − μ‖² over random tokens when latents are cut as sae.conf says. Needs PyTorch and
safetensors.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

import torch
from safetensors.torch import load_file


def value(conf: str, key: str) -> str:
    found = re.search(rf'^{key} = "?(.*?)"?$', conf, re.MULTILINE)
    assert found, f"sae.conf has no {key}"
    return found.group(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    bundle = parser.parse_args().bundle
    conf = (bundle / "sae.conf").read_text()
    weights = bundle / "sae.safetensors"
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == value(conf, "sha256"), "other weights"

    w = load_file(weights)
    width, features = int(value(conf, "width")), int(value(conf, "features"))
    assert w["W_enc"].shape == (width, features)
    assert w["W_dec"].shape == (features, width)
    counts = {"active_images", "judged_images"}
    assert all(tensor.dtype == (torch.int64 if name in counts else torch.float32) for name, tensor in w.items())
    if "max_activation" in w:
        assert ((w["max_activation"] > 0) == (w["active_images"] > 0)).all()
        assert (w["active_images"] <= w["judged_images"]).all()

    x = w["mean"] + w["scale"] * torch.randn(256, width)
    h = ((x - w["mean"]) / w["scale"] - w["b_dec"]) @ w["W_enc"] + w["b_enc"]
    activation = value(conf, "activation")
    if activation.startswith("top-k"):
        k = int(re.search(r"\d+", activation).group())
        top = torch.topk(h, k)
        f = torch.zeros_like(h).scatter(1, top.indices, top.values.relu())
    else:
        f = h * (h > w.get("threshold", torch.zeros(())))

    rebuilt = (f @ w["W_dec"] + w["b_dec"]) * w["scale"] + w["mean"]
    error = ((x - rebuilt) ** 2).sum(1) / ((x - w["mean"]) ** 2).sum(1)
    print({name: tuple(tensor.shape) for name, tensor in w.items()}, activation, f"error {error.mean():.4f}")


if __name__ == "__main__":
    main()
