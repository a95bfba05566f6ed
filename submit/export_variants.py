"""Variants of a bundle's model: the same program with other weights.

randomised-1, randomised-2, ...  re-initialised layers, from the logits downwards (the cascading randomisation of Adebayo
                                 et al. 2018): first what follows the last tap, then from tap to tap, last
                                 everything. Without taps, from one child of the model to the next.
noisy-1, noisy-2, ...            every weight times a number of N(1, level^2) (NoiseGrad, Bykov et al. 2022).

A layer is initialised by its own `reset_parameters`; a weight that no layer initialises (a class token, positions) is
shuffled, which keeps its distribution. The running statistics of a batch norm that is initialised anew belong to weights
that are gone: with them, and no less with the mean 0 and variance 1 of a new layer, signals grow or die out over a
deep network, and its logits no longer depend on the image. So they are measured once on random images, layer by layer,
which is what a network at its initialisation would do in its first step of training. Layers that keep their weights keep
their statistics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

NORMALISING_IMAGES = 16


@dataclass(frozen=True)
class Variants:
    """Which variants are wanted."""

    randomised: bool = False
    noisy: int = 0
    noise_level: float = 0.2
    seed: int = 0


@dataclass(frozen=True)
class Variant:
    """One variant, which holds while it is yielded; `layers` says what differs from the model."""

    name: str
    kind: str  # randomised | noisy
    layers: str


@dataclass(frozen=True)
class Stage:
    """Layers that lose their weights together, by their paths, and what the cascade has reached with them."""

    reached: str
    paths: frozenset[str]


def variants(
    model: nn.Module,
    parameters: Sequence[str],
    stems: Sequence[tuple[str, Callable[[Tensor], Tensor]]],
    images: Tensor,
    wanted: Variants,
) -> Iterator[Variant]:
    """Gives the model the weights of one variant after the other, in place, and at last its own again.

    `parameters` names what is learnt; `stems` are the taps' names with the part of the model before each.
    """
    kept = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(wanted.seed)
            if wanted.randomised:
                yield from _cascade(model, parameters, stems, images)

            for number in range(1, wanted.noisy + 1):
                model.load_state_dict(kept)
                torch.manual_seed(wanted.seed + number)
                _disturb(model, parameters, wanted.noise_level)
                yield Variant(f"noisy-{number}", "noisy", "all")
    finally:
        model.load_state_dict(kept)


# ------------------------------------------------------------------------------------------------------- randomised


def _cascade(
    model: nn.Module,
    parameters: Sequence[str],
    stems: Sequence[tuple[str, Callable[[Tensor], Tensor]]],
    images: Tensor,
) -> Iterator[Variant]:
    noise = _random_images(images)
    norms: list[nn.Module] = []
    for number, stage in enumerate(stages(model, parameters, stems, images), start=1):
        for path in sorted(stage.paths):
            layer = model.get_submodule(path)
            _reset(layer, [name.rpartition(".")[2] for name in parameters if name.rpartition(".")[0] == path])
            if isinstance(layer, nn.modules.batchnorm._BatchNorm):
                norms.append(layer)

        _measure(model, norms, noise)
        yield Variant(f"randomised-{number}", "randomised", stage.reached)


def stages(
    model: nn.Module,
    parameters: Sequence[str],
    stems: Sequence[tuple[str, Callable[[Tensor], Tensor]]],
    images: Tensor,
) -> list[Stage]:
    """The layers with weights from the logits to the image; what belongs to no layer, such as positions, comes last."""
    paths = sorted({name.rpartition(".")[0] for name in parameters})
    with torch.no_grad():
        called = _calls(model, model, images)
        owners = {path: _owner(path, called) for path in paths}
        order = sorted(paths, key=lambda path: called.get(owners[path], -1))
        splits = [(name, _calls(model, stem, images)) for name, stem in stems]

    # A path without an owner is of no layer that runs: it counts as before everything.
    before = [(name, [p for p in paths if not owners[p] or owners[p] in reached]) for name, reached in splits]
    left, result = set(paths), []
    for name, earlier in sorted(before or _children(order), key=lambda split: -len(split[1])):
        if left - set(earlier):
            result.append(Stage(f"after {name}", frozenset(left - set(earlier))))
            left &= set(earlier)

    if left:
        result.append(Stage("all", frozenset(left)))
    elif result:
        result[-1] = Stage("all", result[-1].paths)

    return result


def _calls(model: nn.Module, part: Callable[[Tensor], Tensor], images: Tensor) -> dict[str, int]:
    """Which modules a part of the model calls, in order."""
    names = {module: name for name, module in model.named_modules()}
    called: dict[str, int] = {}

    def note(module: nn.Module, _inputs: object) -> None:
        called.setdefault(names[module], len(called))

    hooks = [module.register_forward_pre_hook(note) for module in names]
    try:
        part(images)
    finally:
        for hook in hooks:
            hook.remove()

    return called


def _owner(path: str, called: dict[str, int]) -> str:
    """The layer itself, or what contains it and reads its weights without calling it."""
    while path and path not in called:
        path = path.rpartition(".")[0]

    return path


def _children(order: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Where to split a model without taps: after each of its outermost parts that has weights, but the last."""
    depth = 1
    while depth < 8 and len({_outer(path, depth) for path in order if path}) == 1:
        depth += 1

    parts = list(dict.fromkeys(_outer(path, depth) for path in order if path))
    return [
        (part, [path for path in order if not path or _outer(path, depth) in parts[: at + 1]])
        for at, part in enumerate(parts[:-1])
    ]


def _outer(path: str, depth: int) -> str:
    return ".".join(path.split(".")[:depth])


def _reset(layer: nn.Module, names: Sequence[str]) -> None:
    reset = getattr(layer, "reset_parameters", None) or getattr(layer, "_reset_parameters", None)
    if reset is not None:
        reset()
        return

    with torch.no_grad():
        for name in names:
            weight = getattr(layer, name)
            weight.copy_(weight.flatten()[torch.randperm(weight.numel())].view_as(weight))


def _random_images(like: Tensor) -> Tensor:
    """Noise of two scales, fine and coarse, with variance one."""
    _, channels, height, width = like.shape
    coarse = torch.randn(NORMALISING_IMAGES, channels, max(1, height // 8), max(1, width // 8))
    fine = torch.randn(NORMALISING_IMAGES, channels, height, width)
    return (nn.functional.interpolate(coarse, (height, width), mode="nearest") + fine) / 2**0.5


def _measure(model: nn.Module, norms: Sequence[nn.Module], images: Tensor) -> None:
    """Gives each batch norm the mean and variance of what reaches it, before it runs."""

    def measure(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        values = inputs[0].transpose(0, 1).flatten(1)
        norm.running_mean.copy_(values.mean(1))
        norm.running_var.copy_(values.var(1, unbiased=False))

    hooks = [norm.register_forward_pre_hook(measure) for norm in norms if norm.running_mean is not None]
    try:
        if hooks:
            with torch.no_grad():
                model(images)
    finally:
        for hook in hooks:
            hook.remove()


# ------------------------------------------------------------------------------------------------------------ noisy


def _disturb(model: nn.Module, parameters: Sequence[str], level: float) -> None:
    with torch.no_grad():
        for name in parameters:
            path, _, attribute = name.rpartition(".")
            weight = getattr(model.get_submodule(path), attribute)
            weight.mul_(1 + level * torch.randn(weight.shape))
