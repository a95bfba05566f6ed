"""Attribution rules that need the inside of the network, as methods of an exported bundle.

    rule_NAME(images, targets[, argument]) -> (logits N x K, field like the images, totals N)

TorchScript has no hooks, so the rules are written into the program. While the model runs for the trace, a mode of
`torch.overrides` sees every operation on what depends on the images and may put another in its place:

- A rule that is linear in the relevance that comes back is the gradient of a function with the same values, for which
  `a + slope * (z - z')` stands, with z' the number z without gradient: the value is a, the gradient is the slope.
- Deconvnet, guided backpropagation and RectGrad are not linear. Their trace is cut at every activation, and a loop goes
  back from cut to cut and applies the rule between them. It asks autograd for what every part gives to all earlier
  cuts, so that residual connections add up as they should.

What a mode cannot see (a scripted function, an autograd function of its own) or has no rule for makes it refuse.
The bodies of the methods are plain functions: the exporter's check runs them eagerly, and the bundle holds them scripted.
"""  # no annotations of the future here: TorchScript reads them

import inspect
import math
import textwrap
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import List, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

LAW = 1e-4  # how far a law (completeness, symmetry) may be off, relative to the sizes that it sums


class Refused(Exception):
    """Why a model does not allow a rule, in half a sentence."""


# ------------------------------------------------------------------------------------------------- what is rewritten

RECTIFIERS = {"relu", "relu6", "leaky_relu", "prelu", "rrelu", "elu", "celu", "selu", "gelu", "silu", "mish",
              "softplus", "hardswish", "threshold"}  # fmt: skip
GATES = {"sigmoid", "hardsigmoid", "softmax"}
KINKED = {"relu", "relu6", "leaky_relu", "prelu", "rrelu", "hardtanh", "hardsigmoid", "threshold", "clamp", "clamp_min",
          "clamp_max", "clip", "abs"}  # fmt: skip
ELEMENTWISE = RECTIFIERS | KINKED | {
    "sigmoid", "tanh", "log_sigmoid", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "pow", "square", "reciprocal",
    "erf", "sin", "cos", "atan", "arctan",
}  # fmt: skip
SHAPING = {
    "view", "reshape", "flatten", "unflatten", "permute", "transpose", "swapaxes", "swapdims", "movedim", "moveaxis",
    "t", "contiguous", "clone", "to", "type", "type_as", "float", "double", "squeeze", "unsqueeze", "expand",
    "expand_as", "repeat", "tile", "__getitem__", "__get__", "narrow", "select", "slice", "split", "chunk", "unbind",
    "tensor_split", "split_with_sizes", "unsafe_chunk", "unsafe_split", "index_select", "gather", "roll", "flip",
    "view_as", "reshape_as", "dropout", "feature_dropout", "alpha_dropout", "detach", "alias", "broadcast_to",
}  # fmt: skip
LINEAR = SHAPING | {
    "cat", "concat", "concatenate", "stack", "hstack", "vstack", "pad", "constant_pad_nd", "reflection_pad2d",
    "replication_pad2d", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "unfold", "im2col", "col2im", "add",
    "sub", "subtract", "rsub", "neg", "negative", "positive", "mean", "sum", "cumsum", "avg_pool1d", "avg_pool2d",
    "adaptive_avg_pool1d", "adaptive_avg_pool2d", "batch_norm", "upsample_nearest2d", "upsample_bilinear2d",
    "upsample_bicubic2d", "conv1d", "conv2d", "conv3d", "conv_transpose2d", "linear", "addmm", "masked_fill",
}  # fmt: skip
PRODUCTS = {"mul", "multiply", "matmul", "mm", "bmm", "einsum", "__matmul__", "__rmatmul__"}
QUOTIENTS = {"div", "divide", "true_divide"}
NORMS = {"layer_norm", "group_norm", "instance_norm", "rms_norm"}
POOLS = {"max_pool2d", "adaptive_max_pool2d"}
POOLING = {F.max_pool2d: "max_pool2d", F.adaptive_max_pool2d: "adaptive_max_pool2d"}  # functions called "fn"


@torch.jit.script
def leaf(x: Tensor) -> Tensor:
    """A cut in the graph. Scripted, since a trace would not write down that the copy asks for gradients."""
    return x.detach().requires_grad_(True)


def straight(value: Tensor, linear: Tensor) -> Tensor:
    """The value of the first, the gradient of the second."""
    return value.detach() + (linear - linear.detach())


def tensors(value: object) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from tensors(part)
    elif isinstance(value, dict):
        yield from tensors(list(value.values()))


def replaced(value: object, by: Callable[[Tensor], Tensor]) -> object:
    """The same nest of lists, tuples and dictionaries with other tensors in it."""
    if isinstance(value, Tensor):
        return by(value)

    if isinstance(value, dict):
        return {key: replaced(part, by) for key, part in value.items()}

    # A size or a named tuple holds what a trace follows and what nothing replaces.
    return type(value)(replaced(part, by) for part in value) if type(value) in (list, tuple) else value


_bodies: dict[object, Callable | None] = {}


def body(func: Callable) -> Callable | None:
    """A function of PyTorch that is written in Python, without its first question whether a mode takes it over.

    The operations within it then come to the mode one by one. None for the operations themselves.
    """
    if func not in _bodies:
        asks = ("has_torch_function", "has_torch_function_unary", "has_torch_function_variadic")
        inner = getattr(func, "__wrapped__", None)
        if inner is None and isinstance(func, types.FunctionType) and asks[0] in func.__globals__:
            names = {**func.__globals__, **dict.fromkeys(asks, lambda *_: False)}
            inner = types.FunctionType(func.__code__, names, func.__name__, func.__defaults__, func.__closure__)
            inner.__kwdefaults__ = func.__kwdefaults__

        _bodies[func] = inner

    return _bodies[func]


@dataclass(frozen=True)
class Call:
    """One operation on something that depends on the images."""

    name: str
    func: Callable
    args: tuple
    kwargs: dict

    def value(self) -> object:
        return self.func(*self.args, **self.kwargs)

    def of(self, first: Tensor) -> Tensor:
        """The operation on another first argument, which it leaves as it is."""
        return self.func(first.clone() if self.in_place else first, *self.args[1:], **self.kwargs)

    @property
    def in_place(self) -> bool:
        name = getattr(self.func, "__name__", "")
        return name.endswith("_") and not name.endswith("__")

    def mapped(self, by: Callable[[Tensor], Tensor]) -> "Call":
        return Call(self.name, self.func, replaced(self.args, by), replaced(self.kwargs, by))


class Rewriting(TorchFunctionMode):
    """Follows what depends on the images. This class changes nothing, its children do."""

    def __init__(self, images: Tensor) -> None:
        super().__init__()
        self._known: dict[int, Tensor] = {}  # holds the tensors too, so that no number is given twice
        self._entered: list[Callable] = []
        self.remember(images)

    def knows(self, tensor: Tensor) -> bool:
        return id(tensor) in self._known

    def remember(self, value: object) -> None:
        for tensor in tensors(value):
            if tensor.requires_grad:
                self._known[id(tensor)] = tensor

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        operands = list(tensors((args, kwargs)))
        seen_through = body(func)
        if seen_through is not None and func not in self._entered[-1:] and getattr(func, "__name__", "") not in NORMS:
            self._entered.append(func)  # some ask by another name, and would come back here for ever
            try:
                with self:
                    return seen_through(*args, **kwargs)
            finally:
                self._entered.pop()

        if any(operand.requires_grad and not self.knows(operand) for operand in operands):
            raise Refused("it holds an operation that cannot be seen into, such as a scripted function")

        if not any(self.knows(operand) for operand in operands):
            return func(*args, **kwargs)

        name = POOLING.get(func, getattr(func, "__name__", str(func)))
        call = Call(name if name.endswith("__") else name.rstrip("_"), func, args, kwargs)
        if call.name == "scaled_dot_product_attention":
            with self:
                return attention(*args, **kwargs)

        result = self.rewrite(call)
        if call.in_place and result is not args[0]:
            args[0].copy_(result)
            result = args[0]

        self.remember(result)
        if call.name == "__setitem__":
            self.remember(args[0])

        return result

    def rewrite(self, call: Call) -> object:
        """What stands for the operation; here the operation itself."""
        return call.value()

    def dependent(self, call: Call) -> list[Tensor]:
        return [operand for operand in tensors((call.args, call.kwargs)) if self.knows(operand)]


def attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    """Scaled dot-product attention as single operations, which have second derivatives and rules."""
    if is_causal or enable_gqa:
        raise Refused("it has causal or grouped attention")

    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = torch.matmul(query, key.transpose(-2, -1)) * scale
    if attn_mask is not None and attn_mask.dtype == torch.bool:
        scores = scores.masked_fill(attn_mask.logical_not(), -1e4)  # not infinite: differences are taken
    elif attn_mask is not None:
        scores = scores + attn_mask

    return torch.matmul(torch.softmax(scores, -1), value)


class Decomposing(Rewriting):
    """The rules that must know every operation: one method for each kind of them."""

    def rewrite(self, call: Call) -> object:
        count = len(self.dependent(call))
        if call.in_place and not self.knows(call.args[0]):
            raise Refused(f"it writes activations into a constant with '{call.name}_'")

        if call.name == "batch_norm" and call.args[5]:
            raise Refused("its batch norm has no running statistics")

        if call.name in LINEAR or (call.name in PRODUCTS | QUOTIENTS and count == 1 and self.knows(call.args[0])):
            return self.linear(call)

        if call.name in ELEMENTWISE and count == 1 and self.knows(call.args[0]):
            return self.elementwise(call)

        if call.name in PRODUCTS:
            return self.linear(call) if count == 1 else self.product(call)

        if call.name in QUOTIENTS and not call.kwargs and not call.in_place:
            with self:
                return call.args[0] * torch.reciprocal(call.args[1])

        if call.name == "softmax":
            return self.softmax(call)

        if call.name in POOLS:
            return self.pool(call)

        if call.name in NORMS:
            with self:
                return normalised(call.name, self.scale, *call.args, **call.kwargs)

        result = call.value()
        if any(tensor.requires_grad for tensor in tensors(result)):
            raise Refused(f"there is no rule for its operation '{call.name}'")

        return result

    def linear(self, call: Call) -> object:
        return call.value()

    def elementwise(self, call: Call) -> Tensor:
        raise NotImplementedError

    def product(self, call: Call) -> Tensor:
        raise NotImplementedError

    def softmax(self, call: Call) -> Tensor:
        raise NotImplementedError

    def pool(self, call: Call) -> Tensor:
        return call.value()

    def scale(self, variance: Tensor, epsilon: float) -> Tensor:
        """One over the standard deviation, by which a normalisation multiplies."""
        return torch.rsqrt(variance + epsilon)


def normalised(name: str, scale: Callable[[Tensor, float], Tensor], x: Tensor, *args, **kwargs) -> Tensor:
    """Layer, group, instance and root-mean-square norm as mean, product and scale."""
    signature = {
        "layer_norm": ("shape", "weight", "bias", "eps"),
        "rms_norm": ("shape", "weight", "eps"),
        "group_norm": ("groups", "weight", "bias", "eps"),
        "instance_norm": ("running_mean", "running_var", "weight", "bias", "use_input_stats", "momentum", "eps"),
    }[name]
    given = {**dict(zip(signature, args)), **kwargs}
    weight, offset = given.get("weight"), given.get("bias")
    epsilon = given.get("eps", 1e-5)
    if name == "instance_norm" and given.get("running_mean") is not None:
        raise Refused("its instance norm has running statistics")

    if name in ("layer_norm", "rms_norm"):
        shape = given.get("shape", given.get("normalized_shape"))
        dims = list(range(-len(shape), 0))
        values = x
    else:
        groups = x.shape[1] if name == "instance_norm" else given.get("groups", given.get("num_groups"))
        values = x.reshape(x.shape[0], groups, -1)
        dims = [-1]

    if name == "rms_norm":
        epsilon = torch.finfo(x.dtype).eps if epsilon is None else epsilon
        result = values * scale((values * values).mean(dims, keepdim=True), epsilon)
    else:
        centred = values - values.mean(dims, keepdim=True)
        result = centred * scale((centred * centred).mean(dims, keepdim=True), epsilon)

    if values is not x:
        result = result.reshape(x.shape)
        weight, offset = (None if v is None else v.reshape(-1, *[1] * (x.dim() - 2)) for v in (weight, offset))

    result = result if weight is None else result * weight
    return result if offset is None else result + offset


# ------------------------------------------------------------------------------------------------------- the modes


class LrpEpsilon(Decomposing):
    """The epsilon rule of layer-wise relevance propagation (Bach et al. 2015, equation 58), as a gradient.

    All that is affine between two activations is one layer: a convolution with its batch norm, a residual sum. Such a
    layer's relevance, sum_k x_j w_jk R_k / (z_k + eps sign(z_k)), is x_j times a gradient, where the derivative of every
    activation a = f(z) is a / (z + eps sign(z)), with sign(0) = 1 (Ancona et al. 2018, proposition 1). Biases keep their
    share. Attention weights, gates and the scale of a normalisation count as constants (Ali et al. 2022, section 4);
    the relevance of any other product is halved between its factors. Max-pooling: to the largest.
    """

    def __init__(self, images: Tensor, epsilon: Tensor) -> None:
        super().__init__(images)
        self.epsilon = epsilon
        self._gates: set[int] = set()

    def stabilised(self, z: Tensor) -> Tensor:
        return z + torch.where(z < 0, -self.epsilon, self.epsilon)

    def _gate(self, result: object) -> object:
        self.remember(result)
        self._gates.update(id(tensor) for tensor in tensors(result))
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

        shares = [
            call.mapped(lambda tensor, kept=kept: tensor if tensor is kept or not self.knows(tensor) else tensor.detach())
            for kept in {id(factor): factor for factor in factors}.values()
        ]
        value = call.mapped(Tensor.detach)
        if call.in_place:
            raise Refused("it multiplies in place")

        return straight(value.value(), sum(share.value() for share in shares) / len(factors))

    def softmax(self, call: Call) -> Tensor:
        return call.value().detach()

    def scale(self, variance: Tensor, epsilon: float) -> Tensor:
        return torch.rsqrt(variance.detach() + epsilon)


class DeepLift(Decomposing):
    """DeepLIFT's multipliers with the rescale rule (Shrikumar et al. 2017, section 3.5.1), as a gradient.

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
        pool = F.max_pool2d if call.name == "max_pool2d" else F.adaptive_max_pool2d
        kwargs = {key: value for key, value in call.kwargs.items() if key != "return_indices"}
        z, reference = call.args[0], self.twin(call.args[0])
        if any(argument is True for argument in (*call.args[5:], call.kwargs.get("return_indices"))):
            raise Refused("its max-pooling returns indices")

        value, place = pool(z.detach(), *call.args[1:6], return_indices=True, **kwargs)
        result, place_there = pool(reference, *call.args[1:6], return_indices=True, **kwargs)
        place = torch.where(value >= result, place, place_there).flatten(2)
        chosen, chosen_there = (values.flatten(2).gather(2, place).view_as(value) for values in (z, reference))
        difference = chosen.detach() - chosen_there
        same = difference == 0
        quotient = torch.where(same, 1, (value - result) / torch.where(same, 1, difference))
        return self.finished(call, straight(value, quotient * chosen), result)


class FullGrad(Rewriting):
    """Notes the result of every operation that adds something, with what it adds, the bias.

    Biases of convolutions and linear layers, b of a batch norm in evaluation mode, beta - mean gamma / sqrt(var + eps)
    (Srinivas & Fleuret 2019, section 3.1), and any sum with what does not depend on the image.
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

            mine, other = call.args[:2] if self.knows(call.args[0]) else call.args[1::-1]
            if not isinstance(other, Tensor):
                other = mine.detach().flatten()[0] * 0 + other  # on the device of the images, without naming it

            added = call.name in ("add", "rsub") or mine is call.args[1]
            return other if added else -other

        return None


class Surrogate(Rewriting):
    """What is piecewise linear made smooth: relu(z) becomes softplus(beta z) / beta (Dombrowski et al. 2019, 4.2)."""

    def __init__(self, images: Tensor, beta: float) -> None:
        super().__init__(images)
        self.beta = beta

    def soft(self, z: Tensor) -> Tensor:
        return F.softplus(z, self.beta)

    def rewrite(self, call: Call) -> object:
        if call.name not in KINKED - {"abs"} | {"hardswish"}:
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
    """Input term and bias terms (Srinivas & Fleuret 2019, equations 4 and 7), each over its layer's whole tensor."""
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
    argument: str | None = None  # percentile | epsilon | like-images


RULES = (
    Rule("deconvnet", rule_deconvnet, "inside_cut"),
    Rule("guided-backprop", rule_guided_backprop, "inside_cut"),
    Rule("rect-grad", rule_rect_grad, "inside_cut", "percentile"),
    Rule("lrp-epsilon", rule_lrp_epsilon, "inside_lrp_epsilon", "epsilon"),
    Rule("deep-lift", rule_deep_lift, "inside_deep_lift", "like-images"),
    Rule("full-grad", rule_full_grad, "inside_full_grad"),
    Rule("curvature", rule_curvature, "inside_curvature", "like-images"),
)


def insides(model: nn.Module, beta: float) -> dict[str, Callable]:
    """What is traced for the rules: the model, run under their modes."""

    def inside_cut(images: Tensor):
        with Cut(images) as mode:
            logits = model(images)

        if not mode.exits:
            raise Refused("it has no rectifying activation")

        return logits, mode.before, mode.entries, mode.values, mode.exits

    def inside_lrp_epsilon(images: Tensor, epsilon: Tensor) -> Tensor:
        with LrpEpsilon(images, epsilon) as mode:
            logits = model(images)

        return straight(logits, (logits / mode.stabilised(logits)).detach() * logits)

    def inside_deep_lift(images: Tensor, baselines: Tensor) -> Tensor:
        with DeepLift(images, baselines):
            return model(images)

    def inside_full_grad(images: Tensor):
        with FullGrad(images) as mode:
            logits = model(images)

        if not mode.outputs:
            raise Refused("it has no bias")

        return logits, mode.outputs, mode.biases

    def inside_curvature(images: Tensor) -> Tensor:
        with Surrogate(images, beta):
            return model(images)

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


def broken(owner: object, rule: Rule, images: Tensor, targets: Tensor) -> tuple[str, float]:
    """The law that the rule's results obey, in words, and by how much they break it, relative to what it sums."""
    if rule.inside == "inside_cut":
        x = images.detach().requires_grad_(True)
        logits, *cuts = owner.inside_cut(x)
        plain = backward_by("gradient", logits, targets, x, cuts, logits)
        expected = gradient(score(owner.forward(x), targets), x)
        return "without its rule it is the gradient", _relative(expected, plain)

    if rule.name == "lrp-epsilon":
        logits, field, _ = _call(owner, rule, images, targets, torch.tensor([1e-2]))
        return "it leaves the logits as they are", _relative(owner.forward(images), logits)

    if rule.name == "deep-lift":
        (baselines,) = _arguments(rule, images, seed=1)
        logits, field, _ = _call(owner, rule, images, targets, baselines)
        change = (logits - owner.forward(baselines).detach()).gather(1, targets[:, None])[:, 0]
        terms = ((images.detach() - baselines) * field).flatten(1)
        return "its terms add up to the change of the logit", _off(terms.sum(1), change, terms)

    if rule.name == "full-grad":
        logits, _, totals = _call(owner, rule, images, targets)
        chosen = logits.gather(1, targets[:, None])
        return "its terms add up to the logit, as in a network of rectifiers", _off(totals, chosen[:, 0], chosen)

    u, v = _arguments(rule, images, seed=1)[0], _arguments(rule, images, seed=2)[0]
    hu, hv = (_call(owner, rule, images, targets, vectors)[1] for vectors in (u, v))
    terms = (u * hv).flatten(1)
    return "its matrix is symmetric", _off(terms.sum(1), (v * hu).flatten(1).sum(1), terms)


def _off(sums: Tensor, expected: Tensor, terms: Tensor) -> float:
    """Largest difference over what was summed, or over one where that is less."""
    return float(((sums - expected).abs() / terms.abs().sum(1).clamp(min=1)).max().detach())


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

            law, error = broken(owner, rule, images, targets)
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
