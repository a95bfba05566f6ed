"""Tests of submit/export_variants.py."""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "submit"))

from export_model import ExportError, Input, Tap, Variants, export  # noqa: E402
from export_variants import stages, variants  # noqa: E402


class Staged(nn.Module):
    """A token before three stages, of which the second has a layer whose weights are read without calling it."""

    def __init__(self) -> None:
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 3, 1, 1))
        self.one = nn.Sequential(nn.Conv2d(3, 16, 3), nn.BatchNorm2d(16), nn.ReLU())
        self.two = nn.MultiheadAttention(16, 2, batch_first=True)
        self.three = nn.Linear(16, 3)

    def forward(self, images):
        tokens = self.one(images + self.token).flatten(2).transpose(1, 2)
        return self.three(self.two(tokens, tokens, tokens)[0].mean(1))


IMAGES = torch.randn(2, 3, 8, 8, generator=torch.Generator().manual_seed(1))


def names(model):
    return [name for name, _ in model.named_parameters()]


def given(model, wanted, stems=()):
    """Every variant's name with a copy of the weights that the model has in it."""
    return {
        variant.name: {name: tensor.clone() for name, tensor in model.state_dict().items()}
        for variant in variants(model, names(model), stems, IMAGES, wanted)
    }


class VariantsTest(unittest.TestCase):
    def setUp(self) -> None:
        warnings.filterwarnings("ignore", message=".*torch.jit", category=DeprecationWarning)
        torch.manual_seed(5)
        self.model = Staged().eval()
        self.own = {name: tensor.clone() for name, tensor in self.model.state_dict().items()}
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def changed(self, weights):
        return {name for name, tensor in weights.items() if not torch.equal(tensor, self.own[name])}

    def test_the_cascade_goes_from_tap_to_tap_and_last_takes_what_no_layer_runs(self):
        def after_one(x):
            return self.model.one(x)

        def after_two(x):
            tokens = self.model.one(x).flatten(2).transpose(1, 2)
            return self.model.two(tokens, tokens, tokens)[0]

        found = stages(self.model, names(self.model), [("early", after_one), ("late", after_two)], IMAGES)
        self.assertEqual(["after late", "after early", "all"], [stage.reached for stage in found])
        self.assertEqual({"three"}, found[0].paths)
        self.assertEqual({"two", "two.out_proj"}, found[1].paths)
        self.assertEqual({"", "one.0", "one.1"}, found[2].paths)

    def test_without_taps_the_cascade_goes_from_child_to_child(self):
        found = stages(self.model, names(self.model), [], IMAGES)
        self.assertEqual(["after two", "after one", "all"], [stage.reached for stage in found])
        inner = nn.Sequential(nn.Sequential(nn.Flatten(), nn.Linear(192, 4), nn.ReLU(), nn.Linear(4, 3)))
        self.assertEqual(["after 0.1", "all"], [stage.reached for stage in stages(inner, names(inner), [], IMAGES)])

    def test_every_stage_keeps_what_is_below_it_and_the_last_keeps_nothing(self):
        weights = given(self.model, Variants(randomised=True))
        self.assertEqual(["randomised-1", "randomised-2", "randomised-3"], list(weights))
        self.assertEqual({"three.weight", "three.bias"}, self.changed(weights["randomised-1"]))
        self.assertTrue({"two.in_proj_weight", "two.out_proj.weight"} <= self.changed(weights["randomised-2"]))
        self.assertFalse(any(name.startswith("one") for name in self.changed(weights["randomised-2"])))
        self.assertTrue({"token", "one.0.weight"} <= self.changed(weights["randomised-3"]))
        torch.testing.assert_close(weights["randomised-3"]["three.weight"], weights["randomised-1"]["three.weight"])

    def test_a_weight_of_no_layer_is_shuffled(self):
        token = given(self.model, Variants(randomised=True))["randomised-3"]["token"]
        torch.testing.assert_close(token.flatten().sort()[0], self.own["token"].flatten().sort()[0])

    def test_a_batch_norm_that_is_initialised_measures_what_reaches_it(self):
        with torch.no_grad():
            self.model.one[1].running_mean.fill_(50)  # where nothing would pass the ReLU

        for variant in variants(self.model, names(self.model), [], IMAGES, Variants(randomised=True)):
            if variant.layers == "all":
                normalised = self.model.one[:2](torch.randn(64, 3, 8, 8) + self.model.token)
                self.assertLess(normalised.mean((0, 2, 3)).abs().max().item(), 0.5)
                self.assertGreater(normalised.std((0, 2, 3)).min().item(), 0.4)
                self.assertLess(normalised.std((0, 2, 3)).max().item(), 2.5)
            else:
                self.assertEqual(50, self.model.one[1].running_mean[0], "it keeps its weights and its statistics")

    def test_noise_multiplies_every_weight_by_a_number_around_one(self):
        model = nn.Sequential(nn.Flatten(), nn.Linear(192, 50), nn.Linear(50, 3))
        own = model[1].weight.detach().clone()
        weights = given(model, Variants(noisy=2, noise_level=0.3))
        first, second = (weights[f"noisy-{number}"]["1.weight"] / own for number in (1, 2))
        self.assertFalse(torch.equal(first, second))
        self.assertAlmostEqual(1, first.mean().item(), delta=0.02)
        self.assertAlmostEqual(0.3, first.std().item(), delta=0.02)

    def test_the_model_is_itself_again_afterwards(self):
        given(self.model, Variants(randomised=True, noisy=1))
        self.assertEqual(set(), self.changed(self.model.state_dict()))

    def test_the_same_seed_makes_the_same_variants_whatever_was_drawn_before(self):
        first = given(self.model, Variants(randomised=True, noisy=1, seed=3))
        torch.rand(7)
        again = given(self.model, Variants(randomised=True, noisy=1, seed=3))
        other = given(self.model, Variants(randomised=True, noisy=1, seed=4))
        for name, weights in first.items():
            self.assertTrue(all(torch.equal(tensor, again[name][key]) for key, tensor in weights.items()))
            self.assertFalse(torch.equal(weights["three.weight"], other[name]["three.weight"]))

    def test_the_files_answer_as_the_varied_model_and_are_listed_with_their_checksums(self):
        out = self.folder / "bundle"
        wanted = Variants(randomised=True, noisy=1)
        export(self.model, out, input=Input(8, 8), classes="abc", taps=[Tap("one", "one")], wanted=wanted, quiet=True)
        conf = (out / "model.conf").read_text()
        self.assertIn('{ name = randomised-1, kind = randomised, layers = "after one", sha256 = "', conf)
        self.assertIn('{ name = randomised-2, kind = randomised, layers = "all", sha256 = "', conf)
        self.assertIn('{ name = noisy-1, kind = noisy, layers = "all", sha256 = "', conf)
        listed = re.findall(r'name = (\w+-\d), .*sha256 = "(\w+)"', conf)
        digests = {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in out.glob("*-*.pt")}
        self.assertEqual(digests, dict(listed))
        logits = {"model": torch.jit.load(str(out / "model.pt"))(IMAGES)}
        for name in digests:
            variant = torch.jit.load(str(out / f"{name}.pt"))
            logits[name] = variant(IMAGES)
            torch.testing.assert_close(variant.head_one(variant.stem_one(IMAGES)), logits[name])
            self.assertTrue(hasattr(variant, "rule_deep_lift"), "a variant has the rules too")
            self.assertFalse(torch.allclose(logits[name], logits["model"]))

        torch.testing.assert_close(self.model(IMAGES), logits["model"])

    def test_a_module_without_parameters_has_no_variants(self):
        with self.assertRaisesRegex(ExportError, "need a Python module with parameters"):
            export(nn.Flatten(), self.folder / "x", input=Input(1, 1), classes="abc", wanted=Variants(noisy=1))


if __name__ == "__main__":
    unittest.main()
