"""A running PyTorch model whose operations are replaced while it runs, the basis of export_modes.py.

A mode of `torch.overrides` sees every operation on what depends on the images. Functions of PyTorch that are written in
Python, such as multi-head attention, are seen through, down to the operations that they are made of. What cannot be seen
(a scripted function, an autograd function of its own) makes the mode refuse, and so does, in a mode that must know every
operation, one that it does not know.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.overrides import TorchFunctionMode


UNSEEN = "it holds an operation that cannot be seen into, such as a scripted function"


class Refused(Exception):
    """Why a model does not allow a rule, in half a sentence."""


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
            raise Refused(UNSEEN)

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

    def run(self, model: Callable[[Tensor], Tensor], images: Tensor) -> Tensor:
        """The logits of the rewritten model."""
        with self:
            logits = model(images)

        if not logits.requires_grad:
            raise Refused("by this rule its logits do not depend on the images")

        if not self.knows(logits):
            raise Refused(UNSEEN)

        return logits

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
