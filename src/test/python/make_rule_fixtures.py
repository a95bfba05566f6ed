#!/usr/bin/env python3
"""Make the fixtures that hold the exported rules against backward passes written out by hand, layer by layer.

The demo models are walked as their source says, in double precision, with the weights of their bundles: forwards with
the image and the baseline, backwards with the rule of each operation from its paper. No autograd takes part, nothing of
submit/export_rules.py, and not the program in the bundle. A check compares the walk without a rule with autograd.

    python src/test/python/make_rule_fixtures.py

The images are those of make_path_fixtures.py, read from its files. Written for each model: index.json, inputs.f32 and for
each method its attribution of the predicted class, images x 3 x height x width:

    deconvnet, guided_backprop                   R, the modified gradient
    rect_grad (CNN only, percentile 98)          x R; ties and ranks are steady in single precision on these images
    lrp_epsilon (epsilon 0.01)                   x R, the relevance
    deep_lift (baseline black)                   (x - x') m
    full_grad (CNN only)                         the map over 3 in every channel; full_grad_total is one number an image
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from make_attribution_fixtures import FIXTURES, MODELS, ROOT, Bundle

sys.path.insert(0, str(ROOT / "src/main/python"))

from train_demo_models import RECIPES, DemoCnn, DemoVit, trained  # noqa: E402

EPSILON = 0.01
PERCENTILE = 98


# ------------------------------------------------------------------------------------------------- rules of operations


def gelu(z: Tensor) -> Tensor:
    return z * (1 + torch.erf(z / math.sqrt(2))) / 2


def gelu_slope(z: Tensor) -> Tensor:
    return (1 + torch.erf(z / math.sqrt(2))) / 2 + z * torch.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def relu_slope(z: Tensor) -> Tensor:
    return (z > 0).to(z.dtype)


ACTIVATIONS = {"relu": (torch.relu, relu_slope), "gelu": (gelu, gelu_slope)}


class Gradient:
    """The chain rule: what arrives below each operation when r arrives above; z is its argument, o the baseline's."""

    def logit(self, logit: Tensor) -> Tensor:
        return torch.ones_like(logit)

    def activation(self, kind: str, z: Tensor, o: Tensor, r: Tensor) -> Tensor:
        return ACTIVATIONS[kind][1](z) * r

    def scale(self, c: Tensor, o: Tensor, eps: float, r: Tensor) -> Tensor:
        """c / sqrt(mean c^2 + eps) over the last dimension."""
        s = 1 / torch.sqrt((c * c).mean(-1, keepdim=True) + eps)
        return r * s - c * s**3 * (r * c).mean(-1, keepdim=True)

    def attention(self, now: tuple[Tensor, ...], then: tuple[Tensor, ...], r: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """softmax(q k^T) v, the queries scaled already; now and then are q, k, v and the probabilities."""
        q, k, v, p = now
        above = r @ v.transpose(-2, -1)
        scores = p * (above - (p * above).sum(-1, keepdim=True))
        return scores @ k, scores.transpose(-2, -1) @ q, p.transpose(-2, -1) @ r


class Deconvnet(Gradient):
    def activation(self, kind: str, z: Tensor, o: Tensor, r: Tensor) -> Tensor:
        return r.clamp(min=0)


class GuidedBackprop(Gradient):
    def activation(self, kind: str, z: Tensor, o: Tensor, r: Tensor) -> Tensor:
        return ACTIVATIONS[kind][1](z) * r.clamp(min=0)


class RectGrad(Gradient):
    def activation(self, kind: str, z: Tensor, o: Tensor, r: Tensor) -> Tensor:
        products = (ACTIVATIONS[kind][0](z) * r).flatten(1).numpy()
        threshold = torch.from_numpy(np.percentile(products, PERCENTILE, axis=1))
        kept = torch.from_numpy(products) > threshold[:, None]
        return ACTIVATIONS[kind][1](z) * r * kept.view_as(r)


class Lrp(Gradient):
    """Attention probabilities and the scales of norms are constants."""

    @staticmethod
    def stabilised(z: Tensor) -> Tensor:
        return torch.where(z < 0, z - EPSILON, z + EPSILON)

    def logit(self, logit: Tensor) -> Tensor:
        return logit / self.stabilised(logit)

    def activation(self, kind: str, z: Tensor, o: Tensor, r: Tensor) -> Tensor:
        return ACTIVATIONS[kind][0](z) / self.stabilised(z) * r

    def scale(self, c: Tensor, o: Tensor, eps: float, r: Tensor) -> Tensor:
        return r / torch.sqrt((c * c).mean(-1, keepdim=True) + eps)

    def attention(self, now: tuple[Tensor, ...], then: tuple[Tensor, ...], r: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        q, k, v, p = now
        return torch.zeros_like(q), torch.zeros_like(k), p.transpose(-2, -1) @ r


class DeepLift(Gradient):
    """Quotients of differences; products go half to either factor; a softmax is exp of log p with sum p = 1."""

    def activation(self, kind: str, z: Tensor, o: Tensor, r: Tensor) -> Tensor:
        value, slope = ACTIVATIONS[kind]
        same = (z - o).abs() < 1e-10
        return torch.where(same, slope(z), (value(z) - value(o)) / torch.where(same, 1, z - o)) * r

    def scale(self, c: Tensor, o: Tensor, eps: float, r: Tensor) -> Tensor:
        variance, other = ((t * t).mean(-1, keepdim=True) + eps for t in (c, o))
        s, t = 1 / variance.sqrt(), 1 / other.sqrt()
        # (s - t) / (variance - other), without the difference of nearly equal numbers
        slope = -s * t / (variance.sqrt() + other.sqrt())
        by_scale = (r * (c + o) / 2).sum(-1, keepdim=True) * slope
        return r * (s + t) / 2 + by_scale * (c + o) / c.shape[-1]

    def attention(self, now: tuple[Tensor, ...], then: tuple[Tensor, ...], r: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        (q, k, v, p), (q0, k0, v0, p0) = now, then
        above = r @ ((v + v0) / 2).transpose(-2, -1)
        same = (p / p0 - 1).abs() < 1e-7
        means = torch.where(same, (p + p0) / 2, (p - p0) / torch.where(same, 1, torch.log(p / p0)))
        weights = means / means.sum(-1, keepdim=True)
        by_log = means * above  # the rescale rule of exp
        scores = by_log - weights * by_log.sum(-1, keepdim=True)
        return (
            scores @ (k + k0) / 2,
            scores.transpose(-2, -1) @ (q + q0) / 2,
            ((p + p0) / 2).transpose(-2, -1) @ r,
        )


# ----------------------------------------------------------------------------------------------------------- the walks


class Convolution:
    """A convolution with the batch norm after it folded in; backwards it is the transposed convolution."""

    def __init__(self, conv: nn.Conv2d, norm: nn.BatchNorm2d | None = None) -> None:
        self.weight, self.bias = conv.weight, conv.bias
        self.options = {"stride": conv.stride[0], "padding": conv.padding[0]}
        if norm is not None:
            gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            self.weight = conv.weight * gain[:, None, None, None]
            self.bias = norm.bias - norm.running_mean * gain

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight, self.bias, **self.options)

    def backward(self, r: Tensor, x: Tensor) -> Tensor:
        stride, padding, kernel = self.options["stride"], self.options["padding"], self.weight.shape[-1]
        missing = x.shape[-1] - ((r.shape[-1] - 1) * stride - 2 * padding + kernel)
        return F.conv_transpose2d(r, self.weight, None, output_padding=missing, **self.options)


class CnnWalk:
    def __init__(self, model: DemoCnn) -> None:
        self.first = Convolution(model.block1[0], model.block1[1])
        self.blocks = [
            (
                Convolution(block.conv1, block.norm1),
                Convolution(block.conv2, block.norm2),
                Convolution(block.shortcut[0], block.shortcut[1]),
            )
            for block in (model.block2, model.block3)
        ]
        self.weight, self.bias = model.classifier.weight, model.classifier.bias

    def forward(self, x: Tensor) -> list[tuple[Tensor, ...]]:
        """The arguments of all ReLUs, stem and blocks, and at last the logits."""
        z = self.first.forward(x)
        notes = [(z,)]
        for one, two, around in self.blocks:
            a = torch.relu(z)
            inner = one.forward(a)
            z = two.forward(torch.relu(inner)) + around.forward(a)
            notes.append((inner, z))

        return notes + [(torch.relu(z).mean((2, 3)) @ self.weight.T + self.bias,)]

    def backward(self, rule: Gradient, x: Tensor, o: Tensor, targets: Tensor):
        """What arrives at the image, and the bias terms: what arrives at each layer's result, times its bias."""
        now, then = self.forward(x), self.forward(o)
        logit = now[-1][0].gather(1, targets[:, None])
        r = rule.logit(logit) * self.weight[targets]
        terms: list[Tensor] = [self.bias[targets][:, None]]
        cells = now[-2][1].shape[2] * now[-2][1].shape[3]
        r = (r / cells)[:, :, None, None].expand_as(now[-2][1])
        for at in (2, 1):
            (inner, z), (inner_o, z_o) = now[at], then[at]
            below, below_o = now[at - 1][-1], then[at - 1][-1]
            one, two, around = self.blocks[at - 1]
            r = rule.activation("relu", z, z_o, r)
            through = rule.activation("relu", inner, inner_o, two.backward(r, inner))
            terms += [layer.bias[:, None, None] * given for layer, given in ((two, r), (around, r), (one, through))]
            r = one.backward(through, below) + around.backward(r, below)

        r = rule.activation("relu", now[0][0], then[0][0], r)
        terms.append(self.first.bias[:, None, None] * r)
        return logit[:, 0], self.first.backward(r, x), terms


class VitWalk:
    def __init__(self, model: DemoVit) -> None:
        self.model = model
        self.stem = [Convolution(model.stem[at]) for at in (0, 2, 4)]

    @staticmethod
    def _centred(x: Tensor) -> Tensor:
        return x - x.mean(-1, keepdim=True)

    def _norm(self, norm: nn.LayerNorm, x: Tensor) -> Tensor:
        c = self._centred(x)
        return c / torch.sqrt((c * c).mean(-1, keepdim=True) + norm.eps) * norm.weight + norm.bias

    def _norm_back(self, rule: Gradient, norm: nn.LayerNorm, x: Tensor, o: Tensor, r: Tensor) -> Tensor:
        r = rule.scale(self._centred(x), self._centred(o), norm.eps, r * norm.weight)
        return self._centred(r)

    @staticmethod
    def _heads(x: Tensor, heads: int) -> Tensor:
        return x.unflatten(-1, (heads, -1)).transpose(1, 2)

    def _layer(self, layer: nn.Module, x: Tensor) -> tuple[Tensor, ...]:
        linear, heads = layer.queries_keys_values, layer.heads
        parts = (self._norm(layer.norm1, x) @ linear.weight.T + linear.bias).chunk(3, -1)
        q, k, v = (self._heads(part, heads) for part in parts)
        q = q / math.sqrt(q.shape[-1])
        p = torch.softmax(q @ k.transpose(-2, -1), -1)
        mixed = (p @ v).transpose(1, 2).flatten(2)
        middle = x + mixed @ layer.projection.weight.T + layer.projection.bias
        wide, narrow = layer.perceptron[0], layer.perceptron[2]
        z = self._norm(layer.norm2, middle) @ wide.weight.T + wide.bias
        return x, (q, k, v, p), middle, z, middle + gelu(z) @ narrow.weight.T + narrow.bias

    def _layer_back(self, rule: Gradient, layer: nn.Module, now: tuple, then: tuple, r: Tensor) -> Tensor:
        x, parts, middle, z, _ = now
        o, parts_o, middle_o, z_o, _ = then
        wide, narrow = layer.perceptron[0], layer.perceptron[2]
        inner = rule.activation("gelu", z, z_o, r @ narrow.weight)
        r = r + self._norm_back(rule, layer.norm2, middle, middle_o, inner @ wide.weight)
        q, k, v = rule.attention(parts, parts_o, self._heads(r @ layer.projection.weight, layer.heads))
        q = q / math.sqrt(q.shape[-1])
        joined = torch.cat([part.transpose(1, 2).flatten(2) for part in (q, k, v)], -1)
        return r + self._norm_back(rule, layer.norm1, x, o, joined @ layer.queries_keys_values.weight)

    def forward(self, x: Tensor):
        inputs, stem = [x], []
        for at, convolution in enumerate(self.stem):
            stem.append(convolution.forward(inputs[-1]))
            inputs.append(gelu(stem[-1]))

        tokens = stem[-1].flatten(2).transpose(1, 2)
        tokens = torch.cat([self.model.class_token.expand(len(x), -1, -1), tokens], 1) + self.model.positions
        layers = []
        for layer in self.model.layers:
            layers.append(self._layer(layer, tokens))
            tokens = layers[-1][-1]

        classifier = self.model.classifier
        logits = self._norm(self.model.norm, tokens)[:, 0] @ classifier.weight.T + classifier.bias
        return inputs, stem, layers, tokens, logits

    def backward(self, rule: Gradient, x: Tensor, o: Tensor, targets: Tensor):
        inputs, stem, layers, tokens, logits = self.forward(x)
        _, stem_o, layers_o, tokens_o, _ = self.forward(o)
        logit = logits.gather(1, targets[:, None])
        r = torch.zeros_like(tokens)
        r[:, 0] = rule.logit(logit) * self.model.classifier.weight[targets]
        r = self._norm_back(rule, self.model.norm, tokens, tokens_o, r)
        for layer, now, then in reversed(list(zip(self.model.layers, layers, layers_o))):
            r = self._layer_back(rule, layer, now, then, r)

        r = r[:, 1:].transpose(1, 2).reshape(stem[-1].shape)
        for at in (2, 1, 0):
            if at < 2:
                r = rule.activation("gelu", stem[at], stem_o[at], r)

            r = self.stem[at].backward(r, inputs[at])

        return logit[:, 0], r, []


# ------------------------------------------------------------------------------------------------------- attributions


def stretched(values: Tensor) -> Tensor:
    low, high = values.abs().amin((1, 2, 3), keepdim=True), values.abs().amax((1, 2, 3), keepdim=True)
    return (values.abs() - low) / (high - low)


def full_gradient(x: Tensor, r: Tensor, terms: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Input and bias terms as one map, and as one sum."""
    maps = [stretched(r * x)] + [
        F.interpolate(stretched(term), x.shape[2:], mode="bilinear", align_corners=False)
        for term in terms if term.dim() == 4
    ]  # fmt: skip
    total = (r * x).flatten(1).sum(1) + sum(term.flatten(1).sum(1) for term in terms)
    return (sum(m.sum(1, keepdim=True) for m in maps) / x.shape[1]).expand_as(x), total


def attributions(walk: CnnWalk | VitWalk, x: Tensor, black: Tensor, targets: Tensor) -> dict[str, Tensor]:
    field = {
        name: walk.backward(rule, x, black, targets)[1]
        for name, rule in (("deconvnet", Deconvnet()), ("guided_backprop", GuidedBackprop()), ("lrp_epsilon", Lrp()),
                           ("deep_lift", DeepLift()), ("rect_grad", RectGrad()))
    }  # fmt: skip
    result = {
        "deconvnet": field["deconvnet"],
        "guided_backprop": field["guided_backprop"],
        "lrp_epsilon": x * field["lrp_epsilon"],
        "deep_lift": (x - black) * field["deep_lift"],
    }
    if isinstance(walk, CnnWalk):
        result["rect_grad"] = x * field["rect_grad"]
        _, r, terms = walk.backward(Gradient(), x, black, targets)
        result["full_grad"], result["full_grad_total"] = full_gradient(x, r, terms)

    return result


def check(walk: CnnWalk | VitWalk, model: nn.Module, x: Tensor, black: Tensor, targets: Tensor) -> None:
    """The walk is the model and its gradient; DeepLIFT and FullGrad are complete."""
    leaf = x.clone().requires_grad_()
    score = model(leaf).gather(1, targets[:, None])[:, 0]
    (expected,) = torch.autograd.grad(score.sum(), leaf)
    logit, gradient, terms = walk.backward(Gradient(), x, black, targets)
    with torch.no_grad():
        change = score - model(black).gather(1, targets[:, None])[:, 0]

    found = attributions(walk, x, black, targets)
    errors = [
        _relative(score.detach()[:, None], logit[:, None]),
        _relative(expected, gradient),
        float((found["deep_lift"].flatten(1).sum(1) - change).abs().max()),
        float((found.get("full_grad_total", logit) - logit).abs().max()),
    ]
    print(f"  logit, gradient, completeness of deep-lift and full-grad: {' '.join(f'{e:.0e}' for e in errors)}")
    assert max(errors) < 1e-9


def _relative(expected: Tensor, actual: Tensor) -> float:
    expected, actual = (tensor.double().reshape(len(tensor), -1) for tensor in (expected, actual))
    return float(((expected - actual).abs().amax(1) / expected.abs().amax(1)).max())


def write(directory: Path, models: Path, name: str, source: Path) -> None:
    bundle = Bundle(models / name, torch.float64)
    index = json.loads((source / "index.json").read_text(encoding="utf-8"))
    shape = index["arrays"]["inputs"]["shape"]
    inputs = torch.from_numpy(np.fromfile(source / "inputs.f32", "<f4").reshape(shape))
    targets = torch.tensor(index["predicted"])
    arrays: dict[torch.dtype, dict[str, Tensor]] = {}
    for dtype in (torch.float64, torch.float32):
        model = trained(RECIPES[name], models / name)[0].eval().requires_grad_(False).to(dtype)
        walk = CnnWalk(model) if name == "cnn" else VitWalk(model)
        x = inputs.to(dtype)
        black = bundle.black().to(dtype).expand_as(x)
        if dtype == torch.float64:
            print(directory.name)
            check(walk, model, x, black, targets)

        arrays[dtype] = attributions(walk, x, black, targets)

    for method, values in arrays[torch.float64].items():
        error = _relative(values, arrays[torch.float32][method])
        print(f"  {method:<16} in single precision: relative difference {error:.1e}")

    directory.mkdir(parents=True, exist_ok=True)
    described = {"images": index["images"], "predicted": index["predicted"], "epsilon": EPSILON,
                 "percentile": PERCENTILE, "baseline": "black", "arrays": {}}  # fmt: skip
    for method, values in {"inputs": inputs, **arrays[torch.float64]}.items():
        array = values.numpy().astype("<f4")
        array.tofile(directory / f"{method}.f32")
        described["arrays"][method] = {"file": f"{method}.f32", "shape": list(array.shape)}

    (directory / "index.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=MODELS, help="the directory of the bundles")
    parser.add_argument("--out", type=Path, default=FIXTURES)
    parser.add_argument("names", nargs="*", default=["cnn", "vit"], help="the bundles")
    arguments = parser.parse_args()
    for name in arguments.names:
        write(arguments.out / f"{name}-rules", arguments.models, name, FIXTURES / f"{name}-paths")


if __name__ == "__main__":
    main()
