"""Tests of submit/export_rules.py against hooks, parameter gradients, Hessians and cases worked by hand."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "submit"), str(ROOT / "src/main/python")]

import export_rules  # noqa: E402
from export_model import ExportError, Input, Variants, export  # noqa: E402
from export_rules import RULES  # noqa: E402

try:
    from make_rule_fixtures import DeepLift, DemoVit, Deconvnet, GuidedBackprop, Lrp, VitWalk
except ImportError:  # Pillow or NumPy is missing
    VitWalk = None

torch.set_num_threads(1)  # the networks are too small for two threads to pay
NAMES = [rule.name for rule in RULES]
CLOSE = {"rtol": 1e-4, "atol": 1e-6}  # float32, two orders of summation
EPSILON = 0.05
PERCENTILE = 80.0


class Plain(nn.Sequential):
    """A sequential network with all that a rule must go through: batch norm, dropout, two kinds of pooling."""

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(3, 6, 3, 1, 1), nn.BatchNorm2d(6), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(6, 8, 3), nn.ReLU(),
            nn.Dropout(), nn.Flatten(), nn.Linear(8 * 4, 7), nn.ReLU(), nn.Linear(7, 3),
        )  # fmt: skip


class Residual(nn.Module):
    """A sum of two branches, then one of an activation with itself."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 5, 3, 1, 1)
        self.second = nn.Conv2d(5, 5, 3, 1, 1, bias=False)
        self.norm = nn.BatchNorm2d(5)
        self.relus = nn.ModuleList(nn.ReLU(inplace) for _ in range(3))
        self.classifier = nn.Linear(5, 3)

    def forward(self, images):
        a = self.relus[0](self.first(images))
        b = self.relus[1](self.norm(self.second(a)))
        if self.relus[0].inplace:
            total = a + b
            total -= 0.3
            F.relu_(total)  # nobody reads the result
            return self.classifier(total.mean((2, 3)))

        return self.classifier(self.relus[2](a + b - 0.3).mean((2, 3)))


class Smooth(nn.Module):
    """A transformer encoder layer of PyTorch and a gate, after a convolution with group norm and SiLU."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Sequential(nn.Conv2d(3, 8, 2, 2), nn.GroupNorm(2, 8), nn.SiLU(inplace=True))
        self.block = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, activation="gelu")
        self.gate = nn.Linear(8, 8)
        self.head = nn.Linear(8, 3)

    def forward(self, images):
        tokens = self.block(self.patches(images).flatten(2).transpose(1, 2)).mean(1)
        return self.head(tokens * torch.sigmoid(self.gate(tokens)))


def trained(model: nn.Module) -> nn.Module:
    """Statistics and biases that are not those of a new layer, so that nothing is zero by accident."""
    torch.manual_seed(2)
    for part in model.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.normal_(part.bias, std=0.5)
            nn.init.normal_(part.running_mean, std=0.5)
            nn.init.uniform_(part.running_var, 0.5, 2)

    return model.eval()


def images(count: int = 4, size: int = 8, seed: int = 1) -> torch.Tensor:
    return torch.randn(count, 3, size, size, generator=torch.Generator().manual_seed(seed))


def softened():
    """Whether the model that asks runs under the mode of the rule curvature."""
    return any(type(mode).__name__ == "Surrogate" for mode in torch.overrides._get_current_function_mode_stack())


class HookedGradient:
    """The gradient of a network whose activations are modules, with another backward pass through them."""

    def __init__(self, model: nn.Module, kind: type) -> None:
        self.model = model
        self.activations = [part for part in model.modules() if isinstance(part, kind)]

    def field(self, x, targets, rule, reference=None):
        """`rule(r, z, a, f)` is what arrives below; with a reference, z and a are pairs."""
        notes: dict[nn.Module, list] = {part: [] for part in self.activations}
        keep = [
            part.register_forward_hook(lambda m, i, o: notes[m].append((i[0].detach(), o.detach())))
            for part in self.activations
        ]
        if reference is not None:
            self.model(reference)

        handles = keep + [
            part.register_full_backward_hook(lambda m, _below, above: (rule(m, above[0], *zip(*notes[m])),))
            for part in self.activations
        ]
        leaf = x.clone().requires_grad_()
        (field,) = torch.autograd.grad(self.model(leaf).gather(1, targets[:, None]).sum(), leaf)
        for handle in handles:
            handle.remove()

        return field


def guided(part, r, z, a):
    return r.clamp(min=0) * (a[-1] > 0)


def deconvnet(part, r, z, a):
    return r.clamp(min=0)


def rect(part, r, z, a):
    threshold = (a[-1] * r).flatten(1).quantile(PERCENTILE / 100, dim=1)
    return r * (a[-1] > 0) * (a[-1] * r > threshold.view(-1, *[1] * (r.dim() - 1)))


def lrp(part, r, z, a):
    return r * a[-1] / (z[-1] + torch.where(z[-1] < 0, -EPSILON, EPSILON))


def rescale(part, r, z, a):
    same = z[-1] == z[0]
    return r * torch.where(same, (z[-1] > 0).float(), (a[-1] - a[0]) / torch.where(same, 1, z[-1] - z[0]))


class RulesTest(unittest.TestCase):
    def setUp(self) -> None:
        warnings.filterwarnings("ignore", message=".*torch.jit", category=DeprecationWarning)
        warnings.filterwarnings("ignore", message=".*non-full backward hook")
        torch.manual_seed(5)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def bundle(self, model, rules=None, size=8, **arguments):
        """The written file, as Tapetum runs it, and the model.conf."""
        out = self.folder / f"bundle{len(list(self.folder.iterdir()))}"
        classes = ["a", "b", "c"]
        export(model, out, input=Input(size, size), classes=classes, rules=rules, quiet=True, **arguments)
        optimised = torch.jit.optimized_execution(False)
        optimised.__enter__()
        self.addCleanup(optimised.__exit__, None, None, None)
        return torch.jit.load(str(out / "model.pt")), (out / "model.conf").read_text()

    def refused(self, model, *names):
        return export_rules.allowed(model.eval().requires_grad_(False), list(names or NAMES), images(2), 20.0)[1]

    def test_every_rule_of_a_rectifier_network_is_what_hooks_make_of_it(self):
        for model in (trained(Plain()), trained(Residual())):
            with self.subTest(type(model).__name__):
                x, targets, baselines = images(), torch.tensor([0, 1, 2, 1]), images(seed=2)
                hooked = HookedGradient(model, nn.ReLU)
                expected = {
                    "guided_backprop": hooked.field(x, targets, guided),
                    "deconvnet": hooked.field(x, targets, deconvnet),
                    "rect_grad": hooked.field(x, targets, rect),
                    "deep_lift": hooked.field(x, targets, rescale, baselines),
                }
                logits = model(x)
                chosen = logits.gather(1, targets[:, None])[:, :, None, None]
                kept = chosen / (chosen + torch.where(chosen < 0, -EPSILON, EPSILON))
                expected["lrp_epsilon"] = kept * hooked.field(x, targets, lrp)
                arguments = {
                    "rect_grad": [torch.tensor([PERCENTILE])],
                    "lrp_epsilon": [torch.tensor([EPSILON])],
                    "deep_lift": [baselines],
                }
                bundle, _ = self.bundle(model)
                for name, field in expected.items():
                    method = getattr(bundle, f"rule_{name}")
                    answered, actual, totals = method(x, targets, *arguments.get(name, []))
                    torch.testing.assert_close(answered, logits, **CLOSE, msg=name)
                    torch.testing.assert_close(actual, field, **CLOSE, msg=name)
                    self.assertTrue(totals.isnan().all())

    def test_full_grad_is_the_gradient_with_respect_to_input_and_biases(self):
        model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(144, 20), nn.ReLU(), nn.Linear(20, 3))
        x, targets = images(1), torch.tensor([2])
        leaf = x.clone().requires_grad_()
        conv = model[0]
        z = conv(leaf)
        score = model[1:](z)[0, 2]
        by_x, by_z, *by_biases = torch.autograd.grad(score, [leaf, z, conv.bias, model[3].bias, model[5].bias])
        total = (by_x * x).sum() + sum((g * m.bias).sum() for g, m in zip(by_biases, (conv, model[3], model[5])))

        def stretched(t):
            return (t.abs() - t.abs().min()) / (t.abs().max() - t.abs().min())

        spread = F.interpolate(stretched(by_z * conv.bias[:, None, None]), (8, 8), mode="bilinear")
        expected = stretched(by_x * x).sum(1) + spread.sum(1)
        _, field, totals = self.bundle(model)[0].rule_full_grad(x, targets)
        torch.testing.assert_close(field.sum(1), expected, **CLOSE)
        torch.testing.assert_close(totals[0], total.detach(), **CLOSE)
        torch.testing.assert_close(totals[0], score.detach(), **CLOSE)

    def test_batch_norm_has_an_implicit_bias(self):
        model, x, targets = trained(Residual()), images(), torch.tensor([0, 1, 2, 1])
        logits, _, totals = self.bundle(model)[0].rule_full_grad(x, targets)
        torch.testing.assert_close(totals, logits.gather(1, targets[:, None])[:, 0], **CLOSE)

    def test_a_constant_counts_with_its_sign_whichever_side_it_is_on(self):
        shift = torch.tensor([0.5, -2.0, 1.0])
        for order, shifted in {
            "x - c": lambda x, c: torch.sub(x, c),
            "c - x": lambda x, c: torch.sub(c, x),
            "rsub(x, c)": lambda x, c: torch.rsub(x, c),
            "rsub(c, x)": lambda x, c: torch.rsub(c, x),
            "2 - x": lambda x, c: 2 - x,
        }.items():
            with self.subTest(order):

                class Shifted(nn.Sequential):
                    def forward(self, images, shifted=shifted):
                        return shifted(super().forward(images), self.shift)

                model = Shifted(nn.AvgPool2d(8), nn.Flatten())
                model.register_buffer("shift", shift)
                x, targets = images(3), torch.tensor([0, 1, 2])
                logits, _, totals = self.bundle(model, ["full-grad"])[0].rule_full_grad(x, targets)
                torch.testing.assert_close(totals, logits.gather(1, targets[:, None])[:, 0], **CLOSE)

    def test_curvature_is_the_hessian_of_the_softened_network(self):
        model = nn.Sequential(nn.Flatten(), nn.Linear(48, 9), nn.ReLU(), nn.Linear(9, 3))
        soft = nn.Sequential(model[0], model[1], nn.Softplus(beta=7), model[3])
        x, v = images(1, 4), images(1, 4, seed=2)
        hessian = torch.autograd.functional.hessian(lambda t: soft(t)[0, 1], x).reshape(48, 48)
        logits, field, _ = self.bundle(model, size=4, softplus_beta=7.0)[0].rule_curvature(x, torch.tensor([1]), v)
        torch.testing.assert_close(field.flatten(), hessian @ v.flatten(), **CLOSE)
        torch.testing.assert_close(logits, model(x), **CLOSE, msg="the logits are those of the true model")

    def test_curvature_of_attention_needs_no_surrogate(self):
        model, x, v = Smooth().eval(), images(1, 4), images(1, 4, seed=2)
        with sdpa_kernel(SDPBackend.MATH):  # the fused kernels have no second derivatives
            hessian = torch.autograd.functional.hessian(lambda t: model(t)[0, 1], x).reshape(48, 48)

        field = self.bundle(model, size=4)[0].rule_curvature(x, torch.tensor([1]), v)[1]
        torch.testing.assert_close(field.flatten(), hessian @ v.flatten(), rtol=1e-3, atol=1e-5)

    def test_deep_lift_is_complete_and_the_gradient_where_nothing_differs(self):
        for model in (Smooth(), nn.Sequential(Plain(), nn.Tanh()), trained(Residual())):
            with self.subTest(type(model).__name__):
                model.eval()
                x, baselines, targets = images(), images(seed=2) * 3, torch.tensor([0, 1, 2, 1])
                bundle, _ = self.bundle(model)
                logits, field, _ = bundle.rule_deep_lift(x, targets, baselines)
                change = (logits - bundle(baselines)).gather(1, targets[:, None])[:, 0]
                torch.testing.assert_close(((x - baselines) * field).flatten(1).sum(1), change, **CLOSE)
                leaf = x.clone().requires_grad_()
                (gradient,) = torch.autograd.grad(bundle(leaf).gather(1, targets[:, None]).sum(), leaf)
                torch.testing.assert_close(bundle.rule_deep_lift(x, targets, x)[1], gradient, **CLOSE)

    def test_deep_lift_gives_a_maximum_to_the_pixel_that_was_or_is_the_largest(self):
        model = nn.Sequential(nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3, 3, bias=False))
        with torch.no_grad():
            model[2].weight.copy_(torch.eye(3))

        x = torch.zeros(1, 3, 2, 2)
        x[0, 0] = torch.tensor([[1.0, 5.0], [2.0, 3.0]])
        baselines = torch.zeros(1, 3, 2, 2)
        baselines[0, 0] = torch.tensor([[4.0, 1.0], [0.0, 0.0]])
        field = self.bundle(model, ["deep-lift"], size=2)[0].rule_deep_lift(x, torch.tensor([0]), baselines)[1]
        # The maximum rose from 4 to 5, at the pixel that rose from 1 to 5.
        torch.testing.assert_close(field[0, 0], torch.tensor([[0.0, 0.25], [0.0, 0.0]]))

    def test_a_product_of_two_activations(self):
        class Product(nn.Module):
            def forward(self, x):
                pooled = x.mean((2, 3))
                return pooled * pooled.flip(1)

        x, other = torch.full((1, 3, 1, 1), 2.0), torch.full((1, 3, 1, 1), 1.0)
        x[0, 0], other[0, 0] = 5, -1
        bundle, _ = self.bundle(Product(), ["deep-lift", "lrp-epsilon"], size=1)
        first = torch.tensor([0])  # x0 x2: 5 * 2 against -1 * 1
        multipliers = bundle.rule_deep_lift(x, first, other)[1].flatten()
        torch.testing.assert_close(multipliers, torch.tensor([1.5, 0.0, 2.0]))
        relevance = (x * bundle.rule_lrp_epsilon(x, first, torch.tensor([0.0]))[1]).flatten()
        torch.testing.assert_close(relevance, torch.tensor([5.0, 0.0, 5.0]))

    def test_lrp_takes_a_gate_as_a_constant(self):
        class Gated(nn.Module):
            def forward(self, x):
                pooled = x.mean((2, 3))
                return pooled * torch.sigmoid(pooled.flip(1))[:, None].squeeze(1)

        x = images(1, 1)
        bundle, _ = self.bundle(Gated(), ["lrp-epsilon"], size=1)
        relevance = (x * bundle.rule_lrp_epsilon(x, torch.tensor([0]), torch.tensor([0.0]))[1]).flatten()
        torch.testing.assert_close(relevance, torch.stack([bundle(x)[0, 0], torch.tensor(0.0), torch.tensor(0.0)]))

    def test_every_gate_that_lrp_knows_by_number_is_kept_alive(self):
        x = images().requires_grad_()
        mode = export_rules.LrpEpsilon(x, torch.tensor([EPSILON]))

        def model(x):
            gate = torch.sigmoid(x)
            return (x * gate + gate.detach()).mean((2, 3))

        mode.run(model, x)
        self.assertEqual(1, len(mode._gates))
        self.assertLessEqual(mode._gates, mode._known.keys())

    def test_the_law_of_lrp_tells_the_rule_from_others(self):
        def the_gradient(owner, images, targets, epsilon):
            x = images.detach().requires_grad_()
            logits = owner.forward(x)
            return logits, export_rules.gradient(export_rules.score(logits, targets), x), None

        def guided_backprop(owner, images, targets, epsilon):
            return export_rules.rule_guided_backprop(owner, images, targets)

        rule = next(rule for rule in RULES if rule.name == "lrp-epsilon")
        for model, other, law in (
            (Smooth(), the_gradient, "relevances and what constants keep add up"),
            (nn.Sequential(Plain(), nn.Tanh()), the_gradient, "relevances and what constants keep add up"),
            (trained(Plain()), guided_backprop, "its field is the gradient"),
            (trained(Residual(inplace=True)), guided_backprop, "its field is the gradient"),
        ):
            with self.subTest(type(model).__name__):
                source = export_rules.Eager(model.eval().requires_grad_(False), 20.0)
                arguments = images(), torch.tensor([0, 1, 2, 1])
                told, error = export_rules.broken(source, source, rule, *arguments)
                self.assertIn(law, told)
                self.assertLess(error, export_rules.LAW / 10)
                wrong = dataclasses.replace(rule, method=other)
                self.assertGreater(export_rules.broken(source, source, wrong, *arguments)[1], 10 * export_rules.LAW)

    @unittest.skipUnless(VitWalk, "Pillow or NumPy is not installed")
    def test_the_rules_of_a_transformer_are_those_written_out_by_hand(self):
        torch.manual_seed(4)
        model = DemoVit(3, width=8, depth=2, heads=2).eval()
        bundle, conf = self.bundle(model, size=64)
        self.assertIn("rules = [deconvnet, guided-backprop, rect-grad, lrp-epsilon, deep-lift, curvature]", conf)
        walk = VitWalk(model.double())
        x, baselines, targets = images(2, 64), images(2, 64, seed=2), torch.tensor([0, 2])
        for method, rule, *argument in (
            ("deconvnet", Deconvnet()),
            ("guided_backprop", GuidedBackprop()),
            ("deep_lift", DeepLift(), baselines),
            ("lrp_epsilon", Lrp(), torch.tensor([0.01])),
        ):
            _, expected, _ = walk.backward(rule, x.double(), baselines.double(), targets)
            field = getattr(bundle, f"rule_{method}")(x, targets, *argument)[1]
            scale = expected.abs().max()
            torch.testing.assert_close(field.double() / scale, expected / scale, rtol=0, atol=1e-4, msg=method)

    def test_guided_backprop_is_the_gradient_where_nothing_is_negative(self):
        model = trained(Plain())
        for parameter in model.parameters():
            parameter.data.abs_()

        x, targets = images(), torch.tensor([0, 1, 2, 1])
        leaf = x.clone().requires_grad_()
        bundle, _ = self.bundle(model)
        (gradient,) = torch.autograd.grad(bundle(leaf).gather(1, targets[:, None]).sum(), leaf)
        torch.testing.assert_close(bundle.rule_guided_backprop(x, targets)[1], gradient, **CLOSE)

    def test_editing_in_place_changes_nothing(self):
        model = trained(Residual())
        edits = Residual(inplace=True).eval()
        edits.load_state_dict(model.state_dict())
        plain, edited = self.bundle(model)[0], self.bundle(edits)[0]
        x, targets = images(), torch.tensor([0, 1, 2, 1])
        for rule in RULES:
            expected, actual = (export_rules.answer(b, rule, x, targets, seed=3)[1] for b in (plain, edited))
            torch.testing.assert_close(actual, expected, **CLOSE, msg=rule.name)

    def test_images_of_a_batch_do_not_see_each_other(self):
        bundle, _ = self.bundle(Smooth().eval())
        x, targets = images(3), torch.tensor([0, 1, 2])
        for rule in RULES:
            if hasattr(bundle, rule.method.__name__):
                arguments = export_rules._arguments(rule, x, seed=3)
                whole = export_rules._call(bundle, rule, x, targets, *arguments)[1]
                for at in range(3):
                    alone = [a[at : at + 1] if a.dim() == 4 else a for a in arguments]
                    field = export_rules._call(bundle, rule, x[at : at + 1], targets[at : at + 1], *alone)[1]
                    torch.testing.assert_close(field, whole[at : at + 1], **CLOSE, msg=rule.name)

    def test_a_moved_bundle_takes_its_rules_along(self):
        x, targets = images().to("meta"), torch.zeros(4, dtype=torch.long, device="meta")
        for model in (trained(Plain()), Smooth().eval()):
            bundle = self.bundle(model)[0].to("meta")  # mixing devices is an error there as on a GPU
            for rule in RULES:
                # The threshold of rect-grad is a number, which a tensor without values does not have.
                if rule.name != "rect-grad" and hasattr(bundle, rule.method.__name__):
                    arguments = [argument.to("meta") for argument in export_rules._arguments(rule, images(), seed=3)]
                    field = export_rules._call(bundle, rule, x, targets, *arguments)[1]
                    self.assertEqual(x.shape, field.shape, rule.name)

    def test_a_model_without_activations_has_no_rule_about_them(self):
        reasons = self.refused(nn.Sequential(nn.Flatten(), nn.Linear(192, 3)))
        self.assertEqual({"deconvnet", "guided-backprop", "rect-grad"}, set(reasons))
        self.assertEqual({"it has no rectifying activation"}, set(reasons.values()))

    def test_full_grad_is_left_out_where_its_terms_do_not_add_up(self):
        self.assertRegex(self.refused(nn.Sequential(Plain(), nn.Softplus()))["full-grad"], "add up to the logit")

    def test_an_operation_without_a_rule_is_named(self):
        class Sorting(Plain):
            def forward(self, x):
                return super().forward(x.sort(-1)[0])

        reasons = self.refused(Sorting())
        self.assertEqual({"lrp-epsilon", "deep-lift"}, set(reasons))
        self.assertEqual("there is no rule for its operation 'sort'", reasons["deep-lift"])

    def test_what_cannot_be_seen_into_is_refused(self):
        hidden = torch.jit.script(nn.Sequential(nn.Linear(192, 5), nn.ReLU()))
        reasons = self.refused(nn.Sequential(nn.Flatten(), hidden, nn.Linear(5, 3)))
        self.assertEqual(set(NAMES), set(reasons))
        self.assertIn("TorchScript", reasons["lrp-epsilon"])

        @torch.jit.script
        def rectified(x: torch.Tensor) -> torch.Tensor:
            return torch.relu(x)

        class Calling(Plain):
            def forward(self, x):
                return rectified(super().forward(x))

        self.assertEqual(set(NAMES), set(self.refused(Calling())))

    def test_only_what_is_asked_for_is_written(self):
        for rules, line in ((["lrp-epsilon"], "rules = [lrp-epsilon]"), ([], "rules = []")):
            bundle, conf = self.bundle(trained(Plain()), rules)
            self.assertIn(line, conf)
            self.assertEqual(bool(rules), hasattr(bundle, "rule_lrp_epsilon"))
            self.assertFalse(hasattr(bundle, "rule_deep_lift"))

        with self.assertRaisesRegex(ExportError, "no rule 'lrp'; there are deconvnet, "):
            self.bundle(trained(Plain()), ["lrp"])

    def test_why_a_rule_is_missing_is_printed(self):
        printed = self.printed(nn.Sequential(nn.Flatten(), nn.Linear(192, 3)))
        self.assertIn("without the rule deconvnet: it has no rectifying activation", printed)

    def printed(self, model, **arguments):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            export(model, self.folder / "out", input=Input(8, 8), classes="abc", **arguments)

        return printed.getvalue()

    def test_a_rule_whose_law_breaks_on_other_images_than_those_of_the_trial_is_dropped_alone(self):
        first, second = (images(count, seed=count).flatten(1).amax(1).max() for count in (1, 5))
        threshold = max(images(2).amax().item(), first.item())
        self.assertGreater(second, threshold + 0.05, "an image of the check must be outside what the trial saw")

        class CurvedFarAway(Plain):
            def forward(self, x):
                return super().forward(x) + 100 * F.relu(x.amax((1, 2, 3))[:, None] - threshold) ** 2

        printed = self.printed(trained(CurvedFarAway()))
        self.assertIn("without the rule full-grad: model.pt fails on 5 image(s) (full-grad: its terms add up", printed)
        self.assertIn("deconvnet, guided-backprop", (self.folder / "out" / "model.conf").read_text())
        self.assertNotIn("full-grad", (self.folder / "out" / "model.conf").read_text())
        self.assertFalse(hasattr(torch.jit.load(str(self.folder / "out" / "model.pt")), "rule_full_grad"))
        with self.assertRaisesRegex(ExportError, r"every rule that --rules names \(full-grad: model.pt fails on 5"):
            self.bundle(trained(CurvedFarAway()), ["full-grad"])

    def test_a_rule_that_cannot_be_traced_is_dropped_alone(self):
        class OnTheCpuUnderAMode(Plain):
            """Makes a tensor on a fixed device when a mode of rules is looking, and only then."""

            def forward(self, x):
                logits = super().forward(x)
                return logits + torch.zeros(3) if softened() else logits

        printed = self.printed(trained(OnTheCpuUnderAMode()))
        self.assertRegex(printed, "without the rule curvature: inside_curvature makes a tensor on a fixed device")
        self.assertIn("deep-lift, full-grad]", (self.folder / "out" / "model.conf").read_text())

    def test_a_rule_that_keeps_a_weight_as_a_number_is_found_in_the_randomised_variant(self):
        class KeepsItsBias(Plain):
            def forward(self, x):
                bias = self[0].bias
                x = F.conv2d(x, self[0].weight, None, padding=1)
                x = x + (bias[0].item() if softened() else bias[0])
                for part in list(self)[1:]:
                    x = part(x)

                return x

        printed = self.printed(trained(KeepsItsBias()), wanted=Variants(randomised=True, noisy=1))
        self.assertRegex(printed, r"without the rule curvature: randomised-\d.pt fails on 2 image\(s\) \(rule curv")
        self.assertRegex(printed, r"randomised-\d: rule guided-backprop  .* ok")
        self.assertRegex(printed, r"noisy-1: rule guided-backprop  .* ok")
        self.assertIn("deep-lift, full-grad]", (self.folder / "out" / "model.conf").read_text())

    def test_a_rule_that_is_named_must_be_had(self):
        with self.assertRaisesRegex(ExportError, "deconvnet: it has no rectifying activation"):
            self.bundle(nn.Sequential(nn.Flatten(), nn.Linear(192, 3)), ["lrp-epsilon", "deconvnet"])

        self.assertEqual([], list(self.folder.iterdir()), "nothing may be left behind")


if __name__ == "__main__":
    unittest.main()
