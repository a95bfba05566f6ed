#!/usr/bin/env python3
"""Export a PyTorch classifier as a Tapetum model bundle: a directory with model.pt and model.conf.

The bundle holds the model in evaluation mode, as TorchScript that was traced:

    forward(images)         N x C x H x W float -> N x K logits
    stem_NAME(images)       -> activation of the tap NAME
    head_NAME(activation)   -> logits, so that head_NAME(stem_NAME(x)) == forward(x)
    rule_NAME(images, targets[, argument]) -> logits, a field like the images, totals: see export_rules.py

and, where they are wanted, variants of it with other weights: see export_variants.py.

A tap is the output of a submodule (`--tap NAME=module.path`), for which stem and head are cut out of the trace of
the whole model, or a pair of methods `stem_NAME` and `head_NAME` that the module brings along (`--tap NAME`).

Why traced, not scripted: most vision models cannot be scripted, and tracing writes dropout, BatchNorm's running
statistics and the evaluation mode into the file, so that nothing can switch them back. What tracing can get wrong
(control flow that depends on the data, a batch size written into a constant) is what the check afterwards looks for.
A model whose forward really branches on data can be given scripted: the trace keeps a scripted module's branches.

Why the weights become buffers: `.to(device)` still moves them, and no loader can make them ask for gradients again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import json
import math
import os
import re
import shutil
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

import export_rules
from export_rules import RULES, Rule
from export_variants import Variant, Variants, variants

FORMAT = 1
TOLERANCE = 1e-4  # on logits, absolute; on gradients, relative to the largest
SOFTPLUS_BETA = 20.0  # ln 2 / 20 above a ReLU at its kink
MAX_INLINE_CLASSES = 50  # more class names than this go to classes.txt
MAX_PREFIX_TOKENS = 16  # class token and registers; more than this means that the grid was guessed wrong
ALIGNMENT = 64  # PyTorch aligns the tensors of an archive so, in order to map them into memory


class ExportError(Exception):
    """A mistake of the user or a model that cannot be exported; the message is one sentence."""


class _RulesFail(Exception):
    """Rules that the model allows and yet no file can have: their names, each with the reason."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__(str(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Input:
    """What the model wants to see: pixels in [0, 1] RGB, resized, cropped, then (pixel - mean) / std."""

    width: int
    height: int
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    resize: str = "stretch"  # stretch | none | shorter-side(N)
    crop: str = "none"  # center | none
    interpolation: str = "bilinear"  # bilinear | bicubic | nearest

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ExportError(f"The input size must be positive, not {self.width}x{self.height}.")

        if len(self.mean) != 3 or len(self.std) != 3 or min(self.std) <= 0:
            raise ExportError("mean and std need three numbers each, and those of std must be positive.")

        if not re.fullmatch(r"stretch|none|shorter-side\([1-9]\d*\)", self.resize):
            raise ExportError(f"resize must be stretch, none or shorter-side(N), not '{self.resize}'.")

        if self.crop not in ("center", "none"):
            raise ExportError(f"crop must be center or none, not '{self.crop}'.")

        if self.interpolation not in ("bilinear", "bicubic", "nearest"):
            raise ExportError(f"interpolation must be bilinear, bicubic or nearest, not '{self.interpolation}'.")

    @property
    def shape(self) -> tuple[int, int, int]:
        return (3, self.height, self.width)


@dataclass(frozen=True)
class Tap:
    """A named place in the model; without a path the module itself has the methods stem_NAME and head_NAME."""

    name: str
    path: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", self.name):
            raise ExportError(f"A tap's name must be letters, digits and underscores, not '{self.name}'.")

    @staticmethod
    def parse(text: str) -> Tap:
        name, _, path = text.partition("=")
        return Tap(name, path or None)


def export(
    module: nn.Module,
    directory: str | Path,
    *,
    input: Input,
    classes: Sequence[str],
    taps: Sequence[Tap] = (),
    rules: Sequence[str] | None = None,
    softplus_beta: float = SOFTPLUS_BETA,
    wanted: Variants = Variants(),
    origin: str = "",
    force: bool = False,
    quiet: bool = False,
) -> Path:
    """Writes the bundle, checks it against `module`, and returns its directory.

    Without `rules` the bundle gets all that the module allows, and why not the others is printed; rules that are named
    it must have. The module is put into evaluation mode and its parameters become buffers: do not go on training it.
    Raises ExportError, and leaves nothing behind, when the written bundle does not answer as the module does.
    """
    target = Path(directory)
    if target.exists() and not force:
        raise ExportError(f"'{target}' exists already; give --force to replace it.")

    if len(classes) != len(set(classes)):
        raise ExportError("Two classes have the same name.")

    if len({tap.name for tap in taps}) != len(taps):
        raise ExportError("Two taps have the same name.")

    _require_sensible(wanted, softplus_beta)
    unknown = set(rules or ()) - {rule.name for rule in RULES}
    if unknown:
        raise ExportError(f"There is no rule '{min(unknown)}'; there are {', '.join(rule.name for rule in RULES)}.")

    parameters = [name for name, _ in module.named_parameters(remove_duplicate=False)]
    if wanted != Variants() and (isinstance(module, torch.jit.ScriptModule) or not parameters):
        raise ExportError("Variants need a Python module with parameters; this one is TorchScript, or exported before.")

    source = _freeze(module)
    tapped = _Tapped(source, taps, input.shape)
    with _quiet_tracing():
        descriptions = _describe(tapped, taps, input, len(classes))
        names = [rule.name for rule in RULES] if rules is None else list(rules)
        allowed, reasons = export_rules.allowed(source, names, _images(2, input, seed=1), softplus_beta)
        eager = export_rules.Eager(source, softplus_beta)

    _require_named(rules, reasons)
    target.parent.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        while True:
            try:
                rows, written = _write(workplace, tapped, taps, input, allowed, eager, parameters, wanted)
                break
            except _RulesFail as failure:  # an optional rule must not cost the whole bundle: again without it
                _require_named(rules, failure.reasons)
                reasons.update(failure.reasons)
                allowed = [rule for rule in allowed if rule.name not in failure.reasons]

        _write_conf(workplace, input, classes, descriptions, allowed, written, origin)
        if not quiet:
            for name, reason in reasons.items():
                print(f"{target}: without the rule {name}: {reason}")

            _print_table(target, workplace / "model.pt", rows)

        failed = [row for row in rows if not row.passed]
        if failed:
            raise ExportError(
                f"The bundle does not answer as the model does ({failed[0].what}: {failed[0].difference:.3g}); "
                "nothing was written. A forward that branches on the data must be given as a scripted module."
            )

        workplace.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)

        workplace.rename(target)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)

    return target


def _require_sensible(wanted: Variants, softplus_beta: float) -> None:
    if wanted.noisy < 0:
        raise ExportError(f"There cannot be {wanted.noisy} noisy variants (--noisy).")

    if not 0 <= wanted.noise_level < math.inf:
        raise ExportError(f"The noise of a variant (--noise-level) must be zero or more, not {wanted.noise_level}.")

    if not 0 < softplus_beta < math.inf:
        raise ExportError(f"The sharpness of softplus (--softplus-beta) must be positive, not {softplus_beta}.")


def _require_named(rules: Sequence[str] | None, reasons: dict[str, str]) -> None:
    """Whoever names a rule wants it; with the default, all, a rule may be missing."""
    if rules is not None and reasons:
        told = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
        raise ExportError(f"The model cannot have every rule that --rules names ({told}).")


def _write(
    workplace: Path,
    tapped: _Tapped,
    taps: Sequence[Tap],
    input: Input,
    rules: Sequence[Rule],
    eager: export_rules.Eager,
    parameters: Sequence[str],
    wanted: Variants,
) -> tuple[list[_Row], list[Variant]]:
    """Writes the model and its variants, and compares each with the source; raises _RulesFail for the rules' sake."""
    with _quiet_tracing():
        traced = _trace(tapped, taps, input, rules, eager)

    _save(traced, workplace / "model.pt")
    path = workplace / "model.pt"
    rows = _checked(tapped, path, taps, input)
    if all(row.passed for row in rows):
        rows += _check_rules(path, input, rules, eager) + _check_laws(path, input, rules, eager)

    stems = [(tap.name, getattr(tapped, f"stem_{tap.name}")) for tap in taps]
    written = []
    for variant in variants(tapped.model, parameters, stems, _images(2, input, seed=1), wanted):
        path = workplace / f"{variant.name}.pt"
        _save(traced, path)  # shares its weights with the source
        more = _checked(tapped, path, taps, input)
        if variant.layers == "all" and all(row.passed for row in more):
            # Here a rule shows that has kept a trained weight as a number, and would seem not to depend on the weights.
            # Its law is not asked again: how exactly it holds in float32 depends on the weights.
            more += _check_rules(path, input, rules, eager, batches=(2,))

        rows += [_Row(f"{variant.name}: {row.what}", row.batch, row.difference, row.rules) for row in more]
        written.append(variant)

    return rows, written


# ---------------------------------------------------------------------------------------------- the model, cut open


class _Tapped(nn.Module):
    """The model with the methods stem_NAME and head_NAME added for every tap."""

    def __init__(self, model: nn.Module, taps: Sequence[Tap], shape: tuple[int, int, int]) -> None:
        super().__init__()
        self.model = model
        for tap in taps:
            stem, head = _own_methods(model, tap) if tap.path is None else _cut(model, tap, shape)
            setattr(self, f"stem_{tap.name}", stem)
            setattr(self, f"head_{tap.name}", head)

    def forward(self, images: Tensor) -> Tensor:
        return self.model(images)


def _own_methods(model: nn.Module, tap: Tap):
    stem, head = getattr(model, f"stem_{tap.name}", None), getattr(model, f"head_{tap.name}", None)
    if stem is None or head is None:
        raise ExportError(
            f"The model has no methods stem_{tap.name} and head_{tap.name}; give --tap {tap.name}=module.path."
        )

    return stem, head


class _Reached(Exception):
    """Carries a submodule's output out of the running model."""

    def __init__(self, output: object) -> None:
        super().__init__()
        self.output = output


def _cut(model: nn.Module, tap: Tap, shape: tuple[int, int, int]):
    """Stem and head around one submodule's output.

    The stem runs the model until the submodule returns. The head runs the whole model on dummy images and replaces
    what the submodule returns: the half before it is then dead code, which leaves the trace. Where the head does
    depend on the images (a skip connection around the tap), the check of head(stem(x)) fails.
    """
    try:
        submodule = model.get_submodule(tap.path)
    except AttributeError:
        names = ", ".join(name for name, _ in model.named_children())
        raise ExportError(f"The model has no submodule '{tap.path}'; at the top it has: {names}.") from None

    def stop(_module: nn.Module, _inputs: object, output: object) -> None:
        raise _Reached(output)

    def stem(images: Tensor) -> Tensor:
        with submodule.register_forward_hook(stop):
            try:
                model(images)
            except _Reached as reached:
                if isinstance(reached.output, Tensor):
                    return reached.output

        raise ExportError(f"'{tap.path}' must run in the model's forward and return one tensor to be a tap.")

    def head(activation: Tensor) -> Tensor:
        # As many dummy images as there are activations, made without naming a device.
        dummy = (activation.flatten(1)[:, :1].reshape(-1, 1, 1, 1) * 0).expand(-1, *shape)
        with submodule.register_forward_hook(lambda _module, _inputs, _output: activation.clone()):
            return model(dummy)

    return stem, head


def _freeze(module: nn.Module) -> nn.Module:
    """Evaluation mode, parameters as buffers, and attention in the form that has second derivatives."""
    module.eval()
    if isinstance(module, torch.jit.ScriptModule):
        module.requires_grad_(False)
        return module

    for part in module.modules():
        if isinstance(part, torch.jit.ScriptModule):
            part.requires_grad_(False)
            continue

        for name, parameter in list(part._parameters.items()):
            if parameter is not None:
                del part._parameters[name]
                part.register_buffer(name, parameter.detach().clone().contiguous())

        if hasattr(part, "fused_attn"):  # timm's switch between the fused kernel and plain matrix products
            part.fused_attn = False

    return module


@contextlib.contextmanager
def _quiet_tracing():
    """No warnings about Python numbers (the check judges), and no fast path of attention that has no gradient."""
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)


def _images(batch: int, input: Input, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(batch, *input.shape, generator=generator)


def _trace(
    tapped: _Tapped, taps: Sequence[Tap], input: Input, rules: Sequence[Rule], eager: export_rules.Eager
) -> torch.jit.ScriptModule:
    images = _images(2, input, seed=1).requires_grad_()
    examples = {"forward": images}
    for tap in taps:
        examples[f"stem_{tap.name}"] = images
        examples[f"head_{tap.name}"] = getattr(tapped, f"stem_{tap.name}")(images)

    for rule in rules:
        setattr(tapped, rule.inside, getattr(eager, rule.inside))
        examples[rule.inside] = (images, *export_rules.inside_arguments(rule, images))

    try:
        traced = _traced(tapped, examples)
    except ExportError:
        _raise_for_rules(tapped, examples, rules)
        raise

    export_rules.define(traced, rules)
    return traced


def _traced(tapped: _Tapped, examples: dict[str, object]) -> torch.jit.ScriptModule:
    try:
        traced = torch.jit.trace_module(tapped, examples, check_trace=False, strict=False)
    except Exception as failure:  # whatever a foreign model may raise
        reason = (str(failure).strip() or type(failure).__name__).splitlines()[0]
        raise ExportError(f"The model cannot be traced: {reason}") from None

    for name in examples:
        graph = traced.graph if name == "forward" else getattr(traced, name).graph
        torch._C._jit_pass_inline(graph)
        torch._C._jit_pass_remove_mutation(graph)  # an in-place ReLU would keep dead code alive
        torch._C._jit_pass_dce(graph)
        _require_portable(graph, name)

    return traced


def _raise_for_rules(tapped: _Tapped, examples: dict[str, object], rules: Sequence[Rule]) -> None:
    """After a trace that failed: raises _RulesFail if the model alone can be traced and with some rules it cannot."""
    insides = {rule.inside for rule in rules}
    _traced(tapped, {name: example for name, example in examples.items() if name not in insides})
    reasons = {}
    for rule in rules:
        try:
            _traced(tapped, {"forward": examples["forward"], rule.inside: examples[rule.inside]})
        except ExportError as failure:
            reasons[rule.name] = str(failure)

    if reasons:
        raise _RulesFail(reasons)


def _require_portable(graph: torch._C.Graph, method: str) -> None:
    """A device or a tensor that is a constant of the program would stay where it is when the model moves to a GPU."""
    for node in graph.findAllNodes("prim::Constant"):
        kind, value = node.output().type().kind(), node.output().toIValue()
        if kind == "DeviceObjType" or (isinstance(value, Tensor) and value.dim() > 0):
            where = node.sourceRange().strip().splitlines()
            raise ExportError(
                f"{method} makes a tensor on a fixed device, which could not move to a GPU; register it as a buffer: "
                f"{where[0] if where else 'no source line known'}"
            )


# ------------------------------------------------------------------------------------------------------ description


def _describe(tapped: _Tapped, taps: Sequence[Tap], input: Input, class_count: int) -> list[str]:
    """One HOCON object for each tap, from the shapes of a trial forward pass."""
    images = _images(2, input, seed=1)
    with torch.no_grad():
        try:
            logits = tapped(images)
        except Exception as failure:  # whatever a foreign model may raise
            reason = (str(failure).strip() or type(failure).__name__).splitlines()[0]
            raise ExportError(f"The model does not take images of shape {tuple(images.shape)}: {reason}") from None

        if not isinstance(logits, Tensor) or logits.dim() != 2 or logits.shape[0] != 2:
            shape = tuple(logits.shape) if isinstance(logits, Tensor) else type(logits).__name__
            raise ExportError(f"forward must return logits of shape N x K, not {shape}.")

        if logits.shape[1] != class_count:
            raise ExportError(f"The model has {logits.shape[1]} logits, but {class_count} class names were given.")

        return [_describe_tap(tap, getattr(tapped, f"stem_{tap.name}")(images).shape, input) for tap in taps]


def _describe_tap(tap: Tap, shape: torch.Size, input: Input) -> str:
    if len(shape) == 4:
        _, channels, rows, columns = shape
        if not 0.5 < (rows * input.width) / (columns * input.height) < 2:
            raise ExportError(
                f"Tap {tap.name} has shape {tuple(shape)}; a spatial tap must be N x channels x rows x columns."
            )

        return f"{{ name = {tap.name}, layout = spatial, channels = {channels}, grid = [{rows}, {columns}] }}"

    if len(shape) == 3:
        _, tokens, channels = shape
        rows, columns = _token_grid(tokens, input)
        prefix = tokens - rows * columns
        if prefix > MAX_PREFIX_TOKENS:
            raise ExportError(f"Tap {tap.name} has {tokens} tokens, which are no grid of patches of the input.")

        return (
            f"{{ name = {tap.name}, layout = tokens, channels = {channels}, grid = [{rows}, {columns}], "
            f"prefix-tokens = {prefix} }}"
        )

    raise ExportError(f"Tap {tap.name} has shape {tuple(shape)}; it must have 4 dimensions (spatial) or 3 (tokens).")


def _token_grid(tokens: int, input: Input) -> tuple[int, int]:
    """The finest grid of square patches that divides the input and has no more cells than there are tokens."""
    for patch in range(1, min(input.width, input.height) + 1):
        if input.width % patch == 0 and input.height % patch == 0:
            rows, columns = input.height // patch, input.width // patch
            if rows * columns <= tokens:
                return rows, columns

    return 1, tokens


def _write_conf(
    directory: Path,
    input: Input,
    classes: Sequence[str],
    taps: Sequence[str],
    rules: Sequence[Rule],
    written: Sequence[Variant],
    origin: str,
) -> None:
    if len(classes) > MAX_INLINE_CLASSES:
        (directory / "classes.txt").write_text("".join(f"{name}\n" for name in classes), encoding="utf-8")
        classes_line = 'classes-file = "classes.txt"'
    else:
        classes_line = f"classes = [{', '.join(_quoted(name) for name in classes)}]"

    lines = [
        f"# Made by submit/export_model.py{' from ' + origin if origin else ''}.",
        f"format = {FORMAT}",
        f"input {{ width = {input.width}, height = {input.height}, resize = {input.resize}, crop = {input.crop}, "
        f"interpolation = {input.interpolation}",
        f"        mean = {list(input.mean)}, std = {list(input.std)} }}",
        classes_line,
        "taps = [",
        *(f"  {tap}" for tap in taps),
        "]",
        f"rules = [{', '.join(rule.name for rule in rules)}]",
        *_describe_variants(directory, written),
        f'sha256 = "{_sha256(directory / "model.pt")}"',
    ]
    (directory / "model.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _describe_variants(directory: Path, written: Sequence[Variant]) -> list[str]:
    """Lines of HOCON, none for no variants."""
    lines = [
        f"  {{ name = {variant.name}, kind = {variant.kind}, layers = {json.dumps(variant.layers)}, "
        f'sha256 = "{_sha256(directory / f"{variant.name}.pt")}" }}'
        for variant in written
    ]
    return ["variants = [", *lines, "]"] if lines else []


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) else json.dumps(name, ensure_ascii=False)


def _save(traced: torch.jit.ScriptModule, path: Path) -> None:
    """Saves without the source locations, which would carry the paths of this machine into the bundle."""
    whole = path.with_suffix(".whole")
    traced.save(str(whole))
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as after:
        for entry in before.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                inside = entry.filename.split("/", 1)[1]
                _store_aligned(after, f"{path.stem}/{inside}", before.read(entry))

    whole.unlink()


def _store_aligned(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    header = 30 + len(name.encode())
    padding = -(archive.fp.tell() + header + 4) % ALIGNMENT
    entry.extra = b"FB" + padding.to_bytes(2, "little") + b"\0" * padding
    if "/code/" in name:  # as PyTorch does; tensors stay as they are
        entry.compress_type = zipfile.ZIP_DEFLATED

    archive.writestr(entry, data)


# ------------------------------------------------------------------------------------------------------------ check


@dataclass(frozen=True)
class _Row:
    what: str
    batch: int
    difference: float
    rules: tuple[str, ...] = ()  # which rules the row is about; none if it is about the model

    @property
    def passed(self) -> bool:
        return self.difference <= TOLERANCE  # false for NaN


def _checked(tapped: _Tapped, path: Path, taps: Sequence[Tap], input: Input) -> list[_Row]:
    try:
        return _check(tapped, path, taps, input)
    except RuntimeError as failure:  # of the bundle: the source model has already taken such images
        raise ExportError(
            f"The bundle fails on another batch size than it was traced with: {_last_line(failure)}"
        ) from None


def _last_line(failure: Exception) -> str:
    return (str(failure).strip() or type(failure).__name__).splitlines()[-1]


def _check(tapped: _Tapped, path: Path, taps: Sequence[Tap], input: Input) -> list[_Row]:
    """Compares the file, loaded anew, with the model it came from."""
    rows = []
    with _quiet_tracing(), torch.jit.optimized_execution(False):  # as Tapetum runs it
        bundle = torch.jit.load(str(path), map_location="cpu").eval()
        for batch in (1, 5):
            images = _images(batch, input, seed=batch).requires_grad_()
            expected, actual = tapped(images), bundle(images)
            rows.append(_Row("logits", batch, _difference(expected, actual)))
            picks = expected.detach().argmax(1, keepdim=True)
            expected_gradient = _gradient(expected, picks, images)
            scale = float(expected_gradient.abs().max()) or 1.0
            gradient = _gradient(actual, picks, images)
            rows.append(_Row("input gradient", batch, _difference(expected_gradient, gradient) / scale))
            for tap in taps:
                stem, head = getattr(bundle, f"stem_{tap.name}"), getattr(bundle, f"head_{tap.name}")
                activation = stem(images)
                whole = head(activation)
                rows.append(_Row(f"head_{tap.name}(stem_{tap.name})", batch, _difference(expected, whole)))
                through = _difference(expected_gradient, _gradient(whole, picks, images)) / scale
                rows.append(_Row(f"gradient through {tap.name}", batch, through))

    return rows


def _check_rules(
    path: Path, input: Input, rules: Sequence[Rule], eager: export_rules.Eager, batches: Sequence[int] = (1, 5)
) -> list[_Row]:
    """Compares every rule of the file with the rule on the source model; raises _RulesFail for those that differ."""
    rows, reasons = [], {}
    with _quiet_tracing(), torch.jit.optimized_execution(False):
        bundle = torch.jit.load(str(path), map_location="cpu").eval()
        for batch in batches:
            images = _images(batch, input, seed=batch)
            picks = bundle(images).argmax(1)
            for rule in rules:
                try:
                    rows.append(_compared(bundle, eager, rule, images, picks))
                except Exception as failure:  # the file, or a foreign model under a mode
                    reasons[rule.name] = f"{path.name} fails on {batch} image(s): {_last_line(failure)}"

    _require_passed(path, rows, reasons)
    return rows


def _check_laws(path: Path, input: Input, rules: Sequence[Rule], eager: export_rules.Eager) -> list[_Row]:
    """Holds every rule of the file against its law; raises _RulesFail for those that break it."""
    rows, images = [], _images(5, input, seed=5)
    with _quiet_tracing(), torch.jit.optimized_execution(False):
        bundle = torch.jit.load(str(path), map_location="cpu").eval()
        picks = bundle(images).argmax(1)
        for inside in {rule.inside: None for rule in rules}:
            sharing = [rule for rule in rules if rule.inside == inside]  # one law for all of them
            law, error = export_rules.broken(bundle, eager, sharing[0], images, picks)
            where = inside.removeprefix("inside_").replace("_", "-")
            rows.append(_Row(f"{where}: {law}", len(images), error, tuple(rule.name for rule in sharing)))

    _require_passed(path, rows, {})
    return rows


def _require_passed(path: Path, rows: Sequence[_Row], reasons: dict[str, str]) -> None:
    """Raises _RulesFail for the rules of the rows that did not pass, and for those that failed for other reasons."""
    for row in (row for row in rows if not row.passed):
        for name in row.rules:
            text = f"{path.name} fails on {row.batch} image(s) ({row.what}: off by {row.difference:.1e})"
            reasons.setdefault(name, text)

    if reasons:
        raise _RulesFail(reasons)


def _compared(
    bundle: torch.jit.ScriptModule, eager: export_rules.Eager, rule: Rule, images: Tensor, picks: Tensor
) -> _Row:
    batch = len(images)
    expected, actual = (export_rules.answer(owner, rule, images, picks, batch) for owner in (eager, bundle))
    scale = float(expected[1].abs().max()) or 1.0
    differences = _difference(expected[0], actual[0]), _difference(expected[1], actual[1]) / scale
    return _Row(f"rule {rule.name}", batch, float(torch.tensor(differences).max()), (rule.name,))  # NaN stays


def _gradient(logits: Tensor, picks: Tensor, images: Tensor) -> Tensor:
    """The input gradient of each image's picked logit; NaN where the output does not depend on the images."""
    if not logits.requires_grad:
        return torch.full_like(images, math.nan)

    (gradient,) = torch.autograd.grad(logits.gather(1, picks).sum(), images, retain_graph=True, allow_unused=True)
    return torch.full_like(images, math.nan) if gradient is None else gradient


def _difference(expected: Tensor, actual: Tensor) -> float:
    """Largest absolute difference; infinite between different shapes."""
    return float((expected - actual).abs().max()) if expected.shape == actual.shape else math.inf


def _print_table(target: Path, model: Path, rows: Sequence[_Row]) -> None:
    print(f"{target}: model.pt of {model.stat().st_size:,} bytes, against the source model:")
    for row in rows:
        print(f"  {row.what:<80} batch {row.batch}   {row.difference:9.2e}   {'ok' if row.passed else 'FAILED'}")


# ---------------------------------------------------------------------------------------------------------- sources


@dataclass(frozen=True)
class _Source:
    """A model with what its library knows of it; the command line may say otherwise."""

    module: nn.Module
    origin: str
    taps: tuple[Tap, ...] = ()
    input: Input | None = None
    classes: tuple[str, ...] = ()


def _import(name: str):
    try:
        try:
            return importlib.import_module(name)
        except RuntimeError as failure:
            if "torchvision::" not in str(failure):
                raise

            declare_detection_operators()
            return importlib.import_module(name)
    except (ImportError, RuntimeError) as failure:
        reason = str(failure).strip().splitlines()[0]
        raise ExportError(f"Python package '{name}' cannot be imported here: {reason}.") from None


def declare_detection_operators() -> None:
    """Lets a torchvision be imported whose compiled part was built for another torch; no classifier needs that part."""
    operators = torch.library.Library("torchvision", "FRAGMENT")
    operators.define("nms(Tensor boxes, Tensor scores, float threshold) -> Tensor")
    operators.define("qnms(Tensor boxes, Tensor scores, float threshold) -> Tensor")
    _declared.append(operators)  # the declaration lives as long as the object


_declared: list[torch.library.Library] = []


def default_taps(model: nn.Module) -> tuple[Tap, ...]:
    """The built-in splits: the stages of a ResNet, the blocks of a vision transformer of torchvision or timm.

    Not the last block: a classifier on the class token never reads the patches there, so that their gradient, and with
    it a class activation map, would be zero. A model that pools its patches can be given that tap by name.
    """
    names = dict(model.named_modules())
    layers = [name for name in ("layer1", "layer2", "layer3", "layer4") if name in names]
    if layers:
        return tuple(Tap(name, name) for name in layers)

    for container in ("blocks", "encoder.layers"):
        if container in names:
            blocks = [name for name, _ in names[container].named_children()]
            return tuple(Tap(f"block{index}", f"{container}.{name}") for index, name in enumerate(blocks[:-1], start=1))

    return ()


def _from_torchvision(name: str, weights: str | None) -> _Source:
    models = _import("torchvision").models
    if name not in models.list_models(module=models):
        raise ExportError(f"torchvision has no classifier '{name}'; torchvision.models.list_models() lists them.")

    known = models.get_model_weights(name)
    if weights not in (None, "DEFAULT", *known.__members__):
        raise ExportError(f"torchvision's weights of {name} are: {', '.join(known.__members__)}, not '{weights}'.")

    entry = known.DEFAULT if weights in (None, "DEFAULT") else known[weights]
    module = models.get_model(name, weights=entry if weights else None)
    transform = entry.transforms()
    size = transform.crop_size[0]
    return _Source(
        module,
        f"torchvision {name} ({entry.name if weights else 'random weights'})",
        default_taps(module),
        Input(
            size, size, tuple(transform.mean), tuple(transform.std),
            f"shorter-side({transform.resize_size[0]})", "center", transform.interpolation.value,
        ),
        tuple(entry.meta["categories"]),
    )  # fmt: skip


def _from_timm(name: str, pretrained: bool) -> _Source:
    timm = _import("timm")
    if name not in timm.list_models() and name not in timm.list_pretrained():
        raise ExportError(f"timm has no model '{name}'; timm.list_models('*vit*') lists such as contain vit.")

    module = timm.create_model(name, pretrained=pretrained)
    config = timm.data.resolve_model_data_config(module)
    _, height, width = config["input_size"]
    return _Source(
        module,
        f"timm {name} ({'pretrained' if pretrained else 'random weights'})",
        default_taps(module),
        Input(
            width, height, tuple(config["mean"]), tuple(config["std"]),
            f"shorter-side({int(min(width, height) / config['crop_pct'])})", "center", config["interpolation"],
        ),
        _imagenet_names(timm, module),
    )  # fmt: skip


def _imagenet_names(timm, module: nn.Module) -> tuple[str, ...]:
    """ImageNet's own names where timm knows that they apply; a name that occurs twice is told apart by its synset."""
    subset = timm.data.infer_imagenet_subset(module)
    if not subset:
        return ()

    info = timm.data.ImageNetInfo(subset)
    names = [info.index_to_description(index) for index in range(info.num_classes())]
    return tuple(
        name if names.count(name) == 1 else f"{name} ({info.index_to_label_name(index)})"
        for index, name in enumerate(names)
    )


def _from_factory(text: str) -> _Source:
    place, _, factory = text.partition(":")
    if not factory:
        raise ExportError(f"--module needs package.module:factory, not '{text}'.")

    sys.path.insert(0, os.getcwd())
    module = getattr(_import(place), factory, None)
    if module is None:
        raise ExportError(f"'{place}' has nothing named '{factory}'.")

    if not isinstance(module, nn.Module):
        module = module()

    if not isinstance(module, nn.Module):
        raise ExportError(f"'{text}' must be or make an nn.Module, not {type(module).__name__}.")

    return _Source(module, text)


def _load_checkpoint(module: nn.Module, path: Path) -> None:
    if not path.is_file():
        raise ExportError(f"There is no checkpoint '{path}'.")

    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as failure:  # whatever unpickling a foreign file may raise
        raise ExportError(f"'{path}' is no file of weights: {str(failure).strip().splitlines()[0]}") from None

    for wrapper in ("state_dict", "model"):
        if isinstance(state, dict) and isinstance(state.get(wrapper), dict):
            state = state[wrapper]

    if not isinstance(state, dict):
        raise ExportError(f"'{path}' holds {type(state).__name__}, not a state_dict.")

    try:
        module.load_state_dict(state)
    except RuntimeError as failure:
        lines = [line.strip() for line in str(failure).splitlines()]
        raise ExportError(f"The weights do not fit the model: {' '.join(lines[1:2])}") from None


# ----------------------------------------------------------------------------------------------------- command line

EXAMPLES = """examples:
  export_model.py --torchvision resnet18 --weights DEFAULT bundles/resnet18
  export_model.py --timm vit_tiny_patch16_224 --pretrained --tap late=blocks.10 bundles/vit
  export_model.py --torchvision resnet18 --checkpoint mine.pt --classes cat,dog bundles/mine
  export_model.py --module mypackage.net:make --checkpoint weights.pt --size 64x64 --mean 0.5,0.5,0.5 \\
      --std 0.25,0.25,0.25 --classes-file classes.txt --tap block3=features.3 --tap block4 bundles/net

--tap NAME=module.path taps the output of a submodule; --tap NAME uses the model's own stem_NAME and head_NAME.
ResNets are tapped at layer1 to layer4, vision transformers after every block but the last, unless you say otherwise.
With --checkpoint, the last layer of a torchvision or timm model is resized to the number of classes first."""

ABOUT_RULES = """rules, and what they need of the model:
{rules}

With --rules all, a rule that the model does not allow is left out, and why is printed. A rule that is named, as in
--rules lrp-epsilon,deep-lift, must be had: else nothing is written, and the error says why."""


def _parser() -> argparse.ArgumentParser:
    needs = "\n".join(f"  {rule.name:<17}{rule.needs}" for rule in RULES)
    parser = argparse.ArgumentParser(
        description="Export a PyTorch classifier as a Tapetum model bundle, and check the bundle against the model.",
        epilog=f"{EXAMPLES}\n\n{ABOUT_RULES.format(rules=needs)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("directory", type=Path, help="where the bundle goes (must not exist, unless --force)")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--torchvision", metavar="NAME", help="a classifier of torchvision")
    source.add_argument("--timm", metavar="NAME", help="a model of timm")
    source.add_argument("--module", metavar="PKG.MOD:FACTORY", help="any nn.Module, or what makes one")
    parser.add_argument("--weights", metavar="NAME", help="torchvision's weights, e.g. DEFAULT (else random)")
    parser.add_argument("--pretrained", action="store_true", help="timm's pretrained weights (else random)")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="a state_dict to load into the model")
    parser.add_argument("--tap", action="append", default=[], metavar="NAME[=PATH]", help="may be repeated")
    parser.add_argument("--no-taps", action="store_true", help="leave out the built-in taps")
    names = parser.add_mutually_exclusive_group()
    names.add_argument("--classes", metavar="A,B,...", help="class names in the order of the logits")
    names.add_argument("--classes-file", type=Path, metavar="FILE", help="one class name a line")
    parser.add_argument("--size", metavar="WxH", help="the model's input size in pixels")
    parser.add_argument("--mean", metavar="R,G,B", help="on pixels in [0, 1]")
    parser.add_argument("--std", metavar="R,G,B", help="on pixels in [0, 1]")
    parser.add_argument("--resize", metavar="HOW", help="stretch, none or 'shorter-side(N)'")
    parser.add_argument("--crop", metavar="HOW", help="center or none")
    parser.add_argument("--interpolation", metavar="HOW", help="bilinear, bicubic or nearest")
    parser.add_argument(
        "--rules", default="all", metavar="A,B,...", help="all that the model allows (default), none, or which"
    )
    parser.add_argument(
        "--softplus-beta", type=float, default=SOFTPLUS_BETA, metavar="BETA",
        help="sharpness of the softplus that stands for ReLUs in the rule curvature (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--randomised", action="store_true",
        help="write variants with layers initialised anew, from the logits downwards, the last with all of them: "
        "with taps, one more than there are taps; without, one for each child of the model that has weights",
    )  # fmt: skip
    parser.add_argument("--noisy", type=int, default=0, metavar="N", help="write N variants with noise on all weights")
    parser.add_argument(
        "--noise-level", type=float, default=0.2, metavar="SIGMA",
        help="standard deviation of what multiplies the weights of noisy variants (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="of the variants' weights (default: %(default)s)")
    parser.add_argument("--force", action="store_true", help="replace an existing bundle")
    return parser


def _numbers(text: str, option: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise ExportError(f"{option} needs numbers with commas between them, not '{text}'.") from None


def _input(arguments: argparse.Namespace, known: Input | None) -> Input:
    values = {} if known is None else dict(vars(known))
    if arguments.size:
        size = re.fullmatch(r"(\d+)(?:x(\d+))?", arguments.size)
        if not size:
            raise ExportError(f"--size needs WIDTHxHEIGHT in pixels, not '{arguments.size}'.")

        values.update(width=int(size[1]), height=int(size[2] or size[1]), resize="stretch", crop="none")

    if not values:
        raise ExportError("Say the input size of your model: --size WIDTHxHEIGHT.")

    for option in ("mean", "std"):
        if getattr(arguments, option):
            values[option] = _numbers(getattr(arguments, option), f"--{option}")

    for option in ("resize", "crop", "interpolation"):
        if getattr(arguments, option):
            values[option] = getattr(arguments, option)

    return Input(**values)


def _class_names(arguments: argparse.Namespace, known: tuple[str, ...]) -> tuple[str, ...]:
    if arguments.classes:
        return tuple(name.strip() for name in arguments.classes.split(","))

    if arguments.classes_file:
        if not arguments.classes_file.is_file():
            raise ExportError(f"There is no file of classes '{arguments.classes_file}'.")

        lines = arguments.classes_file.read_text(encoding="utf-8").splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    if not known:
        raise ExportError("Say what the classes are called: --classes A,B,... or --classes-file FILE.")

    return known


def _resize_classifier(module: nn.Module, classes: int) -> None:
    """Gives the last linear layer as many outputs as there are classes, as fine-tuning does before training."""
    path, last = [(name, part) for name, part in module.named_modules() if isinstance(part, nn.Linear)][-1]
    if last.out_features != classes:
        parent, _, name = path.rpartition(".")
        setattr(module.get_submodule(parent), name, nn.Linear(last.in_features, classes, last.bias is not None))


def run(arguments: argparse.Namespace) -> None:
    if arguments.torchvision:
        source = _from_torchvision(arguments.torchvision, arguments.weights)
    elif arguments.timm:
        source = _from_timm(arguments.timm, arguments.pretrained)
    else:
        source = _from_factory(arguments.module)

    classes = _class_names(arguments, source.classes)
    if arguments.checkpoint:
        if not arguments.module:
            _resize_classifier(source.module, len(classes))

        _load_checkpoint(source.module, arguments.checkpoint)

    taps = [Tap.parse(text) for text in arguments.tap]
    export(
        source.module,
        arguments.directory,
        input=_input(arguments, source.input),
        classes=classes,
        taps=taps or (() if arguments.no_taps else source.taps),
        rules={"all": None, "none": []}.get(arguments.rules, arguments.rules.split(",")),
        softplus_beta=arguments.softplus_beta,
        wanted=Variants(arguments.randomised, arguments.noisy, arguments.noise_level, arguments.seed),
        origin=source.origin,
        force=arguments.force,
    )


def main() -> int:
    try:
        run(_parser().parse_args())
    except ExportError as failure:
        print(f"export_model.py: {failure}", file=sys.stderr)
        return 2

    return 0


if __name__ == "__main__":
    sys.exit(main())
