"""The attribution rules as rewritings of a running model; export_rules.py makes methods of a bundle of them."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from export_rewriting import (
    GATES, KINKED, RECTIFIERS, SHAPING, Call, Decomposing, Refused, Rewriting, replaced, straight, tensors,
)  # fmt: skip


class LrpEpsilon(Decomposing):
    """The epsilon rule of layer-wise relevance propagation (Bach et al. 2015), as a gradient.

    All that is affine between two activations is one layer: a convolution with its batch norm, a residual sum. Such a
    layer's relevance, sum_k x_j w_jk R_k / (z_k + eps sign(z_k)), is x_j times a gradient, where the derivative of every
    activation a = f(z) is a / (z + eps sign(z)), with sign(0) = 1 (Ancona et al. 2018). Biases keep their
    share. Attention weights, gates and the scale of a normalisation count as constants (Ali et al. 2022);
    the relevance of any other product is halved between its factors. Max-pooling: to the largest.
    """

    def __init__(self, images: Tensor, epsilon: Tensor) -> None:
        super().__init__(images)
        self.epsilon = epsilon
        self._gates: set[int] = set()

    def stabilised(self, z: Tensor) -> Tensor:
        return z + torch.where(z < 0, -self.epsilon, self.epsilon)

    def stabilised_logits(self, model: Callable[[Tensor], Tensor], images: Tensor) -> Tensor:
        """The rewritten model's logits; the last layer has its stabiliser too."""
        logits = self.run(model, images)
        return straight(logits, (logits / self.stabilised(logits)).detach() * logits)

    def _gate(self, result: object) -> object:
        self.remember(result)
        # Only what is remembered stays alive: the number of another tensor would be given again, to no gate.
        self._gates.update(id(tensor) for tensor in tensors(result) if self.knows(tensor))
        return result

    def linear(self, call: Call) -> object:
        result = call.value()
        gates = [id(operand) in self._gates for operand in self.dependent(call)]
        return self._gate(result) if call.name in SHAPING and all(gates) else result

    def elementwise(self, call: Call) -> Tensor:
        z = call.args[0].clone()
        a = call.of(z).detach()
        # Where a rectifier is off, its share is zero whatever the stabiliser, and 0 / 0 for epsilon = 0 is meant so.
        slope = torch.where(a == 0, torch.zeros_like(a), a / self.stabilised(z.detach()))
        result = straight(a, slope * z)
        return self._gate(result) if call.name in GATES else result

    def product(self, call: Call) -> Tensor:
        factors = self.dependent(call)
        gates = [factor for factor in factors if id(factor) in self._gates]
        if gates and len(gates) < len(factors):
            return call.mapped(lambda tensor: tensor.detach() if id(tensor) in self._gates else tensor).value()

        if call.in_place:
            raise Refused("it multiplies in place")

        shares = [
            call.mapped(lambda tensor, kept=kept: tensor if tensor is kept else tensor.detach())
            for kept in {id(factor): factor for factor in factors}.values()
        ]
        return straight(call.mapped(Tensor.detach).value(), sum(share.value() for share in shares) / len(factors))

    def softmax(self, call: Call) -> Tensor:
        return call.value().detach()

    def scale(self, variance: Tensor, epsilon: float) -> Tensor:
        return torch.rsqrt(variance.detach() + epsilon)


class Accounting(LrpEpsilon):
    """Notes what the rule leaves with constants, with which its relevances add up to the logit.

    Every affine operation A x + b leaves b with itself: a bias, a class token, a shift of a norm. All other operations
    must hand on what they get, but for what the stabiliser takes.
    """

    def __init__(self, images: Tensor, epsilon: Tensor) -> None:
        super().__init__(images, epsilon)
        self.outputs: list[Tensor] = []
        self.constants: list[Tensor] = []
        self.is_gradient = True  # without a stabiliser: where every activation is linear on either side of zero

    def linear(self, call: Call) -> object:
        if call.name in SHAPING:
            return super().linear(call)

        constant = call.mapped(lambda tensor: torch.zeros_like(tensor) if self.knows(tensor) else tensor).value()
        output = super().linear(call).clone()  # what edits its argument in place must not edit the note
        self.outputs.append(output)
        self.constants.append(constant)
        return output.clone()

    def elementwise(self, call: Call) -> Tensor:
        self.is_gradient &= call.name in ("relu", "leaky_relu", "prelu")
        return super().elementwise(call)

    def product(self, call: Call) -> Tensor:
        self.is_gradient = False
        return super().product(call)

    def softmax(self, call: Call) -> Tensor:
        self.is_gradient = False
        return super().softmax(call)

    def scale(self, variance: Tensor, epsilon: float) -> Tensor:
        self.is_gradient = False
        return super().scale(variance, epsilon)


class DeepLift(Decomposing):
    """DeepLIFT's multipliers with the rescale rule (Shrikumar et al. 2017, section 3.5.2), as a gradient.

    Every operation runs on the images and on the baselines. The multiplier of an elementwise function is the difference
    of its results over the difference of its arguments, or the derivative half-way where these hardly differ. What the
    paper does not cover keeps completeness too, sum (x - x') m = F(x) - F(x'):

    - products: d(ab) = da (b + b') / 2 + db (a + a') / 2;
    - softmax p of z: the rescale rule for p_i = exp(log p_i), with L_i = dp_i / d(log p_i), the logarithmic mean of p_i
      and p_i', gives dp_i = L_i (dz_i - sum_j L_j dz_j / sum_j L_j), since the probabilities sum to one before and after;
    - layer norms: mean, product, 1 / sqrt and product;
    - max-pooling: to the pixel that was the largest in the image or in the baseline, whichever maximum is larger.
    """

    CLOSE = 1e-2  # relative difference below which a smooth function's derivative is more exact than the quotient

    def __init__(self, images: Tensor, baselines: Tensor) -> None:
        self._twins: dict[int, Tensor] = {}
        super().__init__(images)
        self._twins[id(images)] = baselines

    def twin(self, tensor: Tensor) -> Tensor:
        return self._twins.get(id(tensor), tensor)

    def pair(self, result: object, twins: object) -> object:
        for tensor, twin in zip(tensors(result), tensors(twins)):
            if tensor.is_floating_point():  # a trace has tensors for sizes too
                self._known[id(tensor)] = tensor
                self._twins[id(tensor)] = twin

        return result

    def linear(self, call: Call) -> object:
        twins = call.mapped(self.twin).value()
        return self.pair(call.value(), twins)

    def finished(self, call: Call, result: Tensor, twin: Tensor) -> Tensor:
        if call.in_place:
            twin = self.twin(call.args[0]).copy_(twin)
            result = call.args[0].copy_(result)

        return self.pair(result, twin)

    def elementwise(self, call: Call) -> Tensor:
        z, reference = call.args[0].clone(), self.twin(call.args[0]).clone()
        value, result = call.of(z).detach(), call.of(reference)
        fixed = z.detach()
        difference = fixed - reference
        near = 0 if call.name in KINKED else self.CLOSE * (fixed.abs() + reference.abs()) / 2
        close = difference.abs() <= near
        quotient = (value - result) / torch.where(close, torch.ones_like(difference), difference)
        tangent = call.of((fixed + reference) / 2 + (z - fixed))
        rising = torch.where(close, tangent - tangent.detach(), quotient * (z - fixed))
        return self.finished(call, value + rising, result)

    def product(self, call: Call) -> Tensor:
        if call.in_place:
            raise Refused("it multiplies in place")

        def half_way(tensor: Tensor) -> Tensor:
            return (tensor.detach() + self.twin(tensor)) / 2 if self.knows(tensor) else tensor

        factors = [index for index, argument in enumerate(call.args) if any(self.knows(t) for t in tensors(argument))]
        if call.name == "einsum" or len(factors) != 2:
            raise Refused(f"there is no rule for its operation '{call.name}' of two activations")

        # By place and not by tensor: both factors of a square are the same tensor.
        shares = [
            Call(call.name, call.func, tuple(replaced(argument, half_way) if at != index else argument
                                             for at, argument in enumerate(call.args)), call.kwargs).value()
            for index in factors
        ]  # fmt: skip
        value = call.mapped(Tensor.detach).value()
        return self.finished(call, straight(value, shares[0] + shares[1]), call.mapped(self.twin).value())

    def softmax(self, call: Call) -> Tensor:
        z = call.args[0]
        dim = call.kwargs.get("dim", call.args[1] if len(call.args) > 1 else None)
        ours, theirs = (torch.log_softmax(values, dim) for values in (z.detach(), self.twin(z)))
        gap = (ours - theirs).abs()
        shrunk = torch.where(gap > 0, -torch.expm1(-gap) / torch.where(gap > 0, gap, 1), 1)
        means = torch.exp(torch.maximum(ours, theirs)) * shrunk
        rising = means * (z - (means * z).sum(dim, keepdim=True) / means.sum(dim, keepdim=True))
        return self.finished(call, straight(torch.exp(ours), rising), torch.exp(theirs))

    def pool(self, call: Call) -> Tensor:
        # What is after the options would ask for indices, which only unpooling needs; that has no rule.
        pool, options = (F.max_pool2d, 5) if call.name == "max_pool2d" else (F.adaptive_max_pool2d, 1)
        kwargs = {**call.kwargs, "return_indices": True}
        z, reference = call.args[0], self.twin(call.args[0])
        value, place = pool(z.detach(), *call.args[1 : 1 + options], **kwargs)
        result, place_there = pool(reference, *call.args[1 : 1 + options], **kwargs)
        place = torch.where(value >= result, place, place_there).flatten(2)
        chosen, chosen_there = (values.flatten(2).gather(2, place).view_as(value) for values in (z, reference))
        difference = chosen.detach() - chosen_there
        same = difference == 0
        quotient = torch.where(same, 1, (value - result) / torch.where(same, 1, difference))
        return self.finished(call, straight(value, quotient * chosen), result)


class FullGrad(Rewriting):
    """Notes the result of every operation that adds something, with what it adds, the bias.

    Biases of convolutions and linear layers, b of a batch norm in evaluation mode, beta - mean gamma / sqrt(var + eps)
    (Srinivas & Fleuret 2019), and any sum with what does not depend on the image.
    """

    def __init__(self, images: Tensor) -> None:
        super().__init__(images)
        self.images = images
        self.outputs: list[Tensor] = []
        self.biases: list[Tensor] = []

    def rewrite(self, call: Call) -> object:
        bias = self._bias(call)
        result = call.value()
        if bias is None or not result.requires_grad:
            return result

        if result.shape[:1] != self.images.shape[:1]:
            raise Refused("a layer's result does not have the images as its first dimension")

        result = result.clone()  # what edits its argument in place must not edit the note
        self.remember(result)
        self.outputs.append(result)
        self.biases.append(bias)
        return result.clone()

    def _bias(self, call: Call) -> Tensor | None:
        if call.name in ("linear", "conv1d", "conv2d", "conv3d", "conv_transpose2d"):
            bias = call.args[2] if len(call.args) > 2 else call.kwargs.get("bias")
            trailing = 0 if call.name == "linear" else call.args[1].dim() - 2
            return None if bias is None else bias.reshape(-1, *[1] * trailing)

        if call.name == "batch_norm":  # input, weight, bias, mean, variance, training, momentum, epsilon, cudnn
            x, weight, beta, mean, variance, _, _, epsilon = call.args[:8]
            share = mean * torch.rsqrt(variance + epsilon)
            share = share if weight is None else share * weight
            bias = -share if beta is None else beta - share
            return bias.reshape(-1, *[1] * (x.dim() - 2))

        if call.name == "addmm":
            return None if self.knows(call.args[0]) else call.args[0]

        if call.name in ("add", "sub", "subtract", "rsub") and len(self.dependent(call)) == 1:
            if call.kwargs.get("alpha", 1) != 1:
                raise Refused("it adds multiples")

            first = self.knows(call.args[0])
            mine, other = call.args[:2] if first else call.args[1::-1]
            if not isinstance(other, Tensor):
                other = mine.detach().flatten()[0] * 0 + other  # on the device of the images, without naming it

            added = {"add": True, "rsub": first}.get(call.name, not first)  # rsub(a, b) is b - a
            return other if added else -other

        return None


class Surrogate(Rewriting):
    """What is piecewise linear made smooth: relu(z) becomes softplus(beta z) / beta (Dombrowski et al. 2019)."""

    def __init__(self, images: Tensor, beta: float) -> None:
        super().__init__(images)
        self.beta = beta

    def soft(self, z: Tensor) -> Tensor:
        return F.softplus(z, self.beta)

    def rewrite(self, call: Call) -> object:
        if call.name not in KINKED - {"abs"}:
            return call.value()

        z = call.args[0].clone()
        if call.name == "relu":
            return self.soft(z)

        if call.name in ("relu6", "hardtanh", "clamp", "clip", "clamp_min", "clamp_max"):
            return self._between(z, *self._limits(call))

        if call.name in ("leaky_relu", "prelu"):
            slope = call.args[1] if len(call.args) > 1 else call.kwargs.get("negative_slope", 0.01)
            slope = slope.reshape(-1, *[1] * (z.dim() - 2)) if isinstance(slope, Tensor) else slope
            return slope * z + (1 - slope) * self.soft(z)

        if call.name == "hardsigmoid":
            return self._between(z + 3, 0, 6) / 6

        if call.name == "hardswish":
            return z * self._between(z + 3, 0, 6) / 6

        raise Refused(f"there is no smooth form of its operation '{call.name}'")

    @staticmethod
    def _limits(call: Call) -> tuple:
        given = [*call.args[1:3], None, None]
        return {
            "relu6": (0, 6),
            "hardtanh": (call.kwargs.get("min_val", given[0]), call.kwargs.get("max_val", given[1])),
            "clamp_min": (call.kwargs.get("min", given[0]), None),
            "clamp_max": (None, call.kwargs.get("max", given[0])),
        }.get(call.name, (call.kwargs.get("min", given[0]), call.kwargs.get("max", given[1])))

    def _between(self, z: Tensor, low, high) -> Tensor:
        if low is None:
            return high - self.soft(high - z)

        above = low + self.soft(z - low)
        return above if high is None else above - self.soft(z - high)


@torch.jit.script
def leaf(x: Tensor) -> Tensor:
    """A cut in the graph. Scripted, since a trace would not write down that the copy asks for gradients."""
    return x.detach().requires_grad_(True)


class Cut(Rewriting):
    """Cuts the graph before and after every rectifying activation: z, a leaf z', f(z'), a leaf a' of the same value."""

    def __init__(self, images: Tensor) -> None:
        super().__init__(images)
        self.before: list[Tensor] = []
        self.entries: list[Tensor] = []
        self.values: list[Tensor] = []
        self.exits: list[Tensor] = []

    def rewrite(self, call: Call) -> object:
        if call.name not in RECTIFIERS:
            return call.value()

        z = call.args[0].clone()
        entry = leaf(z)
        value = call.of(entry)
        result = leaf(value)
        for notes, tensor in zip((self.before, self.entries, self.values, self.exits), (z, entry, value, result)):
            self.remember(tensor)
            notes.append(tensor)

        return result.clone()  # may be edited in place, which a leaf may not
