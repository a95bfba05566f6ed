"""Attribution rules that need the inside of the network, as methods of an exported bundle.

    rule_NAME(images, targets[, argument]) -> (logits N x K, field like the images, totals N)

TorchScript has no hooks, so the rules are written into the program: export_modes.py rewrites the model while it runs for
the trace.

- A rule that is linear in the relevance that comes back is the gradient of a function with the same values, for which
  `a + slope * (z - z')` stands, with z' the number z without gradient: the value is a, the gradient is the slope.
- Deconvnet, guided backpropagation and RectGrad are not linear. Their trace is cut at every activation, and a loop goes
  back from cut to cut and applies the rule between them. It asks autograd for what every part gives to all earlier
  cuts, so that residual connections add up as they should.

The bodies of the methods are plain functions: the exporter's check runs them eagerly, and the bundle holds them scripted.
"""  # no annotations of the future here: TorchScript reads them

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import List, Optional, Tuple

import torch
from torch import Tensor, nn

from export_modes import Accounting, Cut, DeepLift, FullGrad, LrpEpsilon, Surrogate
from export_rewriting import Refused

TINY = 1e-20  # a stabiliser that takes nothing, and yet spares 0 / 0
LAW = 1e-4  # how far a law (completeness, symmetry) may be off, relative to the sizes that it sums


# ------------------------------------------------------------------------ what is scripted: no Python beyond TorchScript


def score(logits: Tensor, targets: Tensor) -> Tensor:
    """The targets' logits, summed: no image's depends on another image."""
    return logits.gather(1, targets.unsqueeze(1)).sum()


def nothing(logits: Tensor) -> Tensor:
    return torch.full_like(logits[:, 0], float("nan")).detach()


def gradient(outputs: Tensor, x: Tensor) -> Tensor:
    result = torch.autograd.grad([outputs], [x], allow_unused=True)[0]
    return torch.zeros_like(x) if result is None else result


def above_percentile(values: Tensor, percentile: Tensor) -> Tensor:
    """Which values of an image are larger than its percentile (between two ranks in proportion), as ones and zeros."""
    flat = values.flatten(1)
    place = float(percentile.double().mean().item()) / 100 * (flat.size(1) - 1)
    below = int(place)
    low = torch.kthvalue(flat, below + 1, 1, True)[0]
    high = torch.kthvalue(flat, min(below + 2, flat.size(1)), 1, True)[0]
    return (flat > low + (place - below) * (high - low)).to(values.dtype).reshape(values.shape)


def through_activation(rule: str, r: Tensor, entry: Tensor, value: Tensor, percentile: Tensor) -> Tensor:
    """What comes out of an activation's input when r comes in at its output.

    deconvnet (Zeiler & Fergus 2014): relu(R). guided-backprop (Springenberg et al. 2015): f'(z) relu(R). rect-grad
    (Kim et al. 2019): f'(z) R where a R is above its percentile q in the image's layer. Otherwise the gradient f'(z) R.
    """
    if rule == "deconvnet":
        return torch.relu(r)

    if rule == "guided-backprop":
        r = torch.relu(r)
    elif rule == "rect-grad":
        r = r * above_percentile(value.detach() * r, percentile)

    grad_outputs: List[Optional[Tensor]] = [r]
    result = torch.autograd.grad([value], [entry], grad_outputs, retain_graph=True)[0]
    assert result is not None
    return result


def backward_by(
    rule: str, logits: Tensor, targets: Tensor, x: Tensor, cuts: List[List[Tensor]], percentile: Tensor
) -> Tensor:
    """From the last activation to the first: what the later parts gave it goes through the rule to the earlier ones."""
    before, entries, values, exits = cuts[0], cuts[1], cuts[2], cuts[3]
    count = len(exits)
    shares: List[Optional[Tensor]] = []
    for share in torch.autograd.grad([score(logits, targets)], [x] + exits, retain_graph=True, allow_unused=True):
        shares.append(share)

    for i in range(count):
        k = count - 1 - i
        r = shares[k + 1]
        if r is not None:
            grad_outputs: List[Optional[Tensor]] = [through_activation(rule, r, entries[k], values[k], percentile)]
            given = torch.autograd.grad(
                [before[k]], [x] + exits[:k], grad_outputs, retain_graph=True, allow_unused=True
            )
            for j in range(k + 1):
                more, sofar = given[j], shares[j]
                if more is not None:
                    shares[j] = more if sofar is None else sofar + more

    field = shares[0]
    return torch.zeros_like(x) if field is None else field.detach()


def rule_deconvnet(self, images: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = images.detach().requires_grad_(True)
    logits, before, entries, values, exits = self.inside_cut(x)
    field = backward_by("deconvnet", logits, targets, x, [before, entries, values, exits], logits)
    return logits.detach(), field, nothing(logits)


def rule_guided_backprop(self, images: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = images.detach().requires_grad_(True)
    logits, before, entries, values, exits = self.inside_cut(x)
    field = backward_by("guided-backprop", logits, targets, x, [before, entries, values, exits], logits)
    return logits.detach(), field, nothing(logits)


def rule_rect_grad(self, images: Tensor, targets: Tensor, percentile: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = images.detach().requires_grad_(True)
    logits, before, entries, values, exits = self.inside_cut(x)
    field = backward_by("rect-grad", logits, targets, x, [before, entries, values, exits], percentile)
    return logits.detach(), field, nothing(logits)


def rule_lrp_epsilon(self, images: Tensor, targets: Tensor, epsilon: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = images.detach().requires_grad_(True)
    logits = self.inside_lrp_epsilon(x, epsilon)
    field = gradient(score(logits, targets), x)
    return logits.detach(), field, nothing(logits)


def rule_deep_lift(self, images: Tensor, targets: Tensor, baselines: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = images.detach().requires_grad_(True)
    logits = self.inside_deep_lift(x, baselines.detach())
    field = gradient(score(logits, targets), x)
    return logits.detach(), field, nothing(logits)


def stretched(values: Tensor) -> Tensor:
    """The size of the values, from the smallest of an image as zero to the largest as one."""
    sizes = values.abs().flatten(1)
    low = sizes.amin(1, keepdim=True)
    width = sizes.amax(1, keepdim=True) - low
    return ((sizes - low) / torch.where(width > 0, width, torch.ones_like(width))).reshape(values.shape)


def rule_full_grad(self, images: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    """Input term and bias terms (Srinivas & Fleuret 2019), each over its layer's whole tensor.

    One deviation: the authors' code enlarges the bias terms with align_corners=True, which puts the outermost cells of a
    layer on the border pixels and so draws everything outwards. Here it is False: every cell is spread about the middle
    of its part of the image, as in the class activation maps, with which the field can then be compared.
    """
    x = images.detach().requires_grad_(True)
    logits, outputs, biases = self.inside_full_grad(x)
    gradients = torch.autograd.grad([score(logits, targets)], [x] + outputs, allow_unused=True)
    by_input = gradients[0]
    terms = torch.zeros_like(x) if by_input is None else by_input * x.detach()
    totals = terms.flatten(1).sum(1)
    saliency = stretched(terms).sum(1, keepdim=True)
    for k in range(len(outputs)):
        by_output = gradients[k + 1]
        if by_output is not None:
            bias_terms = by_output * biases[k]
            totals = totals + bias_terms.flatten(1).sum(1)
            if bias_terms.dim() == 4 and bias_terms.size(2) * bias_terms.size(3) > 1:
                size = [images.size(2), images.size(3)]
                spread = torch.ops.aten.upsample_bilinear2d(stretched(bias_terms), size, False)
                saliency = saliency + spread.sum(1, keepdim=True)

    field = (saliency / images.size(1)).expand_as(images).contiguous()
    return logits.detach(), field.detach(), totals.detach()


def rule_curvature(self, images: Tensor, targets: Tensor, vectors: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    """H v as the gradient of <v, gradient> (Pearlmutter 1994), H the surrogate's; the logits are the model's own."""
    x = images.detach().requires_grad_(True)
    first = torch.autograd.grad([score(self.inside_curvature(x), targets)], [x], create_graph=True)[0]
    field = torch.zeros_like(x)
    if first is not None:
        product = (first * vectors.detach()).sum()
        if product.requires_grad:
            field = gradient(product, x)

    logits = self.forward(images.detach()).detach()
    return logits, field, nothing(logits)


# ------------------------------------------------------------------------------------------------------ the registry


@dataclass(frozen=True)
class Rule:
    """A rule's name in model.conf, the method that the bundle gets, and which traced inside that method calls."""

    name: str
    method: Callable
    inside: str
    needs: str  # of a model, for the user
    argument: str | None = None  # percentile | epsilon | like-images


ACTIVATIONS = "activations that rectify: ReLU and its kin, GELU, SiLU"
OPERATIONS = "no operations but the usual: layers, norms, pooling, activations, sums, products, attention"


RULES = (
    Rule("deconvnet", rule_deconvnet, "inside_cut", ACTIVATIONS),
    Rule("guided-backprop", rule_guided_backprop, "inside_cut", ACTIVATIONS),
    Rule("rect-grad", rule_rect_grad, "inside_cut", ACTIVATIONS, "percentile"),
    Rule("lrp-epsilon", rule_lrp_epsilon, "inside_lrp_epsilon", OPERATIONS, "epsilon"),
    Rule("deep-lift", rule_deep_lift, "inside_deep_lift", OPERATIONS, "like-images"),
    Rule(
        "full-grad", rule_full_grad, "inside_full_grad",
        "a ReLU network with additive biases: its terms must add up to the logit",
    ),
    Rule(
        "curvature", rule_curvature, "inside_curvature",
        "second derivatives; what is piecewise linear is made smooth (--softplus-beta)", "like-images",
    ),
)  # fmt: skip


def insides(model: nn.Module, beta: float) -> dict[str, Callable]:
    """What is traced for the rules: the model, run under their modes."""

    def inside_cut(images: Tensor):
        mode = Cut(images)
        logits = mode.run(model, images)
        if not mode.exits:
            raise Refused("it has no rectifying activation")

        return logits, mode.before, mode.entries, mode.values, mode.exits

    def inside_lrp_epsilon(images: Tensor, epsilon: Tensor) -> Tensor:
        return LrpEpsilon(images, epsilon).stabilised_logits(model, images)

    def inside_deep_lift(images: Tensor, baselines: Tensor) -> Tensor:
        return DeepLift(images, baselines).run(model, images)

    def inside_full_grad(images: Tensor):
        mode = FullGrad(images)
        logits = mode.run(model, images)
        if not mode.outputs:
            raise Refused("it has no bias")

        return logits, mode.outputs, mode.biases

    def inside_curvature(images: Tensor) -> Tensor:
        return Surrogate(images, beta).run(model, images)

    functions = (inside_cut, inside_lrp_epsilon, inside_deep_lift, inside_full_grad, inside_curvature)
    return {function.__name__: function for function in functions}


def define(traced: torch.jit.ScriptModule, rules: list[Rule]) -> None:
    """Adds the rules' methods to the traced module that holds their insides."""
    module = getattr(traced, "_actual_script_module", traced)  # whose `define` looks names up here, not in PyTorch
    for rule in rules:
        module.define(textwrap.dedent(inspect.getsource(rule.method)))


# ------------------------------------------------------------------------------------------- what a model allows


class Eager:
    """The methods of the rules on the source model itself, as the bundle will have them."""

    def __init__(self, model: nn.Module, beta: float) -> None:
        self.forward = model
        for name, function in insides(model, beta).items():
            setattr(self, name, function)


def answer(owner: object, rule: Rule, images: Tensor, targets: Tensor, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """A rule on the source model or on a bundle, with an argument like those it will be given."""
    return _call(owner, rule, images, targets, *_arguments(rule, images, seed))


def _call(owner: object, rule: Rule, images: Tensor, targets: Tensor, *arguments: Tensor):
    if isinstance(owner, Eager):
        return rule.method(owner, images, targets, *arguments)

    return getattr(owner, rule.method.__name__)(images, targets, *arguments)


def inside_arguments(rule: Rule, images: Tensor) -> tuple[Tensor, ...]:
    """What the traced inside of a rule takes beside the images."""
    return _arguments(rule, images, seed=1) if rule.name in ("lrp-epsilon", "deep-lift") else ()


def _arguments(rule: Rule, images: Tensor, seed: int) -> tuple[Tensor, ...]:
    if rule.argument is None:
        return ()

    if rule.argument == "like-images":
        return (torch.randn(images.shape, generator=torch.Generator().manual_seed(100 + seed)),)

    return (torch.tensor([{"percentile": 90.0, "epsilon": 0.01}[rule.argument]]),)


def broken(owner: object, source: Eager, rule: Rule, images: Tensor, targets: Tensor) -> tuple[str, float]:
    """The law that the results of the owner's rule obey, in words, and by how much they break it, relatively."""
    if rule.inside == "inside_cut":  # one law for the rules that share it
        x = images.detach().requires_grad_(True)
        logits, *cuts = owner.inside_cut(x)
        plain = backward_by("gradient", logits, targets, x, cuts, logits)
        expected = gradient(score(owner.forward(x), targets), x)
        return "without a rule, from cut to cut, comes the gradient", _relative(expected, plain)

    if rule.name == "lrp-epsilon":
        return _broken_relevance(owner, source, rule, images, targets)

    if rule.name == "deep-lift":
        (baselines,) = _arguments(rule, images, seed=1)
        logits, field, _ = _call(owner, rule, images, targets, baselines)
        change = (logits - owner.forward(baselines).detach()).gather(1, targets[:, None])[:, 0]
        terms = ((images.detach() - baselines) * field).flatten(1)
        sizes = torch.cat([terms, logits], 1)
        return "its terms add up to the change of the logit", _off(terms.sum(1), change, sizes)

    if rule.name == "full-grad":
        logits, _, totals = _call(owner, rule, images, targets)
        chosen = logits.gather(1, targets[:, None])[:, 0]
        return "its terms add up to the logit (in networks of rectifiers they do)", _off(totals, chosen, logits)

    u, v = _arguments(rule, images, seed=1)[0], _arguments(rule, images, seed=2)[0]
    hu, hv = (_call(owner, rule, images, targets, vectors)[1] for vectors in (u, v))
    terms = (u * hv).flatten(1)
    return "its matrix is symmetric", _off(terms.sum(1), (v * hu).flatten(1).sum(1), terms)


def _broken_relevance(owner: object, source: Eager, rule: Rule, images: Tensor, targets: Tensor) -> tuple[str, float]:
    x = images.detach().requires_grad_(True)
    epsilon = torch.tensor([TINY])
    mode = Accounting(x, epsilon)
    logits = mode.stabilised_logits(source.forward, x)
    if mode.is_gradient:
        field = _call(owner, rule, images, targets, torch.zeros(1))[1]
        expected = gradient(score(source.forward(x), targets), x)
        return "without a stabiliser its field is the gradient (in networks of rectifiers)", _relative(expected, field)

    # Over all images at once: within an encoder the images need not be the first dimension.
    terms = [(images.detach() * _call(owner, rule, images, targets, epsilon)[1]).flatten()]
    total = score(logits, targets)
    shares = torch.autograd.grad([total], mode.outputs, allow_unused=True) if mode.outputs else ()
    terms += [(share * kept).flatten() for share, kept in zip(shares, mode.constants) if share is not None]
    sums = torch.cat(terms)[None]
    sizes = torch.cat([sums, total.reshape(1, 1)], 1)
    return "its relevances and what constants keep add up to the logit", _off(sums.sum(1), total, sizes)


def _off(sums: Tensor, expected: Tensor, sizes: Tensor) -> float:
    """An image's largest difference over the sizes of what rounding could come from."""
    return float(((sums - expected).abs() / sizes.abs().sum(1).clamp(min=1e-30)).max().detach())


def _relative(expected: Tensor, actual: Tensor) -> float:
    return float(((expected - actual).abs().max() / expected.abs().max().clamp(min=1e-30)).detach())


def allowed(model: nn.Module, names: list[str], images: Tensor, beta: float) -> tuple[list[Rule], dict[str, str]]:
    """Which of the named rules the model allows, after a trial on the images, and why not the others."""
    if any(isinstance(part, torch.jit.ScriptModule) for part in model.modules()):
        return [], dict.fromkeys(names, "a TorchScript module cannot be seen into; rules need the Python module")

    owner = Eager(model, beta)
    rules, reasons = [], {}
    for rule in (rule for rule in RULES if rule.name in names):
        try:
            with torch.no_grad():
                targets = model(images).argmax(1)

            if rule.inside not in {other.inside for other in rules}:
                law, error = broken(owner, owner, rule, images, targets)
                if not error <= LAW:
                    raise Refused(f"it does not hold that {law} (off by {error:.1e})")

            if not answer(owner, rule, images, targets, seed=1)[1].isfinite().all():
                raise Refused("its field is not finite")

            rules.append(rule)
        except Refused as refusal:
            reasons[rule.name] = str(refusal)
        except Exception as failure:  # whatever a foreign model may raise under a mode
            reasons[rule.name] = (str(failure).strip() or type(failure).__name__).splitlines()[0]

    return rules, reasons
