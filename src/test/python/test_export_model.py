"""Tests of submit/export_model.py. Run: python -m unittest discover -s src/test/python"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile
from pathlib import Path

import torch
from torch import nn

SUBMIT = Path(__file__).resolve().parents[3] / "submit"
sys.path.insert(0, str(SUBMIT))

from export_model import ExportError, Input, Tap, Variants, _import, _parser, default_taps, export  # noqa: E402
from export_rules import RULES  # noqa: E402


def library(name):
    try:
        return _import(name)
    except ExportError:
        return None


torchvision, timm = library("torchvision"), library("timm")
SMALL = Input(16, 16, (0.5, 0.5, 0.5), (0.25, 0.25, 0.25))
EXACT = 1e-6  # the same operators on the same machine; only their order of summation may differ


class Convolutional(nn.Module):
    """Batch norm, dropout and an in-place ReLU: all that behaves differently in training or edits its input."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3, 2, 1), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.Dropout(0.5), nn.Conv2d(4, 6, 3)
        )
        self.classifier = nn.Linear(6, 3)

    def forward(self, images):
        return self.classifier(self.features(images).relu_().mean((2, 3)))


class WithMethods(Convolutional):
    def stem_middle(self, images):
        return self.features[:2](images)

    def head_middle(self, activation):
        return self.classifier(self.features[2:](activation).relu().mean((2, 3)))


class Tokens(nn.Module):
    """Two prefix tokens before an 8 x 4 grid of patches, through PyTorch's own encoder layer and its fast path."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.prefix = nn.Parameter(torch.randn(1, 2, 8))
        self.block = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, activation="gelu")
        self.head = nn.Linear(8, 3)

    def forward(self, images):
        tokens = self.patches(images).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.prefix.expand(tokens.shape[0], -1, -1), tokens], 1)
        return self.head(self.block(tokens)[:, 0])


class SkipAroundTheTap(Convolutional):
    def forward(self, images):
        return super().forward(images) + images.mean((2, 3))


class BatchInTheWeights(Convolutional):
    """A forward that uses the batch size as a Python number, which the trace writes down."""

    def forward(self, images):
        return super().forward(images) * int(images.shape[0])


class TensorOnTheCpu(Convolutional):
    def forward(self, images):
        return super().forward(images) + torch.arange(3)


class Branching(Convolutional):
    def forward(self, images):
        logits = super().forward(images)
        if bool(images.mean() > 0):
            logits = logits * 2

        return logits


@torch.jit.script
def double_where_positive(logits: torch.Tensor) -> torch.Tensor:
    if bool(logits.sum() > 0):
        logits = logits * 2

    return logits


def trained(model: nn.Module) -> nn.Module:
    """Running statistics that differ from their start, as after training."""
    torch.manual_seed(3)
    model.train()
    with torch.no_grad():
        for _ in range(3):
            model(torch.randn(4, 3, 16, 16) * 2 + 1)

    return model


class ExportModelTest(unittest.TestCase):
    def setUp(self) -> None:
        warnings.filterwarnings("ignore", message=".*torch.jit", category=DeprecationWarning)
        torch.manual_seed(5)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.target = self.folder / "bundle"

    def exported(self, model, taps=(), input=SMALL, classes=("a", "b", "c"), **others):
        export(model, self.target, input=input, classes=classes, taps=taps, quiet=True, **others)
        return torch.jit.load(str(self.target / "model.pt"))

    def refused(self, model, message, **arguments):
        with self.assertRaisesRegex(ExportError, message):
            self.exported(model, **arguments)

        self.assertEqual([], list(self.folder.iterdir()), "nothing may be left behind")

    def test_evaluation_mode_is_written_into_the_file(self):
        model = trained(Convolutional())
        bundle = self.exported(model)
        images = torch.randn(3, 3, 16, 16)
        expected = model(images)
        for mode in (False, True):
            torch.testing.assert_close(bundle.train(mode)(images), expected, rtol=0, atol=EXACT)

    def test_no_weight_asks_for_gradients(self):
        self.assertEqual([], list(self.exported(trained(Convolutional())).parameters()))

    def test_a_tap_at_a_submodule_splits_the_model(self):
        bundle = self.exported(trained(Convolutional()), [Tap("first", "features.1"), Tap("second", "features")])
        images = torch.randn(7, 3, 16, 16)
        for name in ("first", "second"):
            halves = getattr(bundle, f"head_{name}")(getattr(bundle, f"stem_{name}")(images))
            torch.testing.assert_close(halves, bundle(images), rtol=0, atol=EXACT)

    def test_a_stem_and_a_head_hold_only_their_half(self):
        bundle = self.exported(trained(Convolutional()), [Tap("first", "features.1")])
        count = lambda method: sum("_convolution" in node.kind() for node in method.inlined_graph.nodes())  # noqa: E731
        self.assertEqual((1, 1), (count(bundle.stem_first), count(bundle.head_first)))

    def test_a_tap_is_what_the_submodule_returned_before_later_layers_edit_it(self):
        model = trained(Convolutional())
        bundle = self.exported(model, [Tap("norm", "features.1")])
        images = torch.randn(2, 3, 16, 16)
        torch.testing.assert_close(bundle.stem_norm(images), model.features[:2](images), rtol=0, atol=EXACT)
        self.assertLess(bundle.stem_norm(images).min().item(), 0, "the in-place ReLU comes after the tap")

    def test_a_model_may_bring_its_own_stem_and_head(self):
        bundle = self.exported(trained(WithMethods()), [Tap("middle")])
        self.assertEqual((2, 4, 8, 8), tuple(bundle.stem_middle(torch.randn(2, 3, 16, 16)).shape))

    def test_tokens_are_described_by_grid_and_prefix(self):
        wide = Input(32, 16)
        bundle = self.exported(Tokens(), [Tap("block", "block")], input=wide)
        conf = (self.target / "model.conf").read_text()
        self.assertIn("{ name = block, layout = tokens, channels = 8, grid = [4, 8], prefix-tokens = 2 }", conf)
        images = torch.randn(1, 3, 16, 32, requires_grad=True)
        bundle(images).sum().backward()
        self.assertGreater(images.grad.abs().max().item(), 0, "the fast path of attention has no gradient")

    def test_the_conf_tells_input_classes_taps_and_checksum(self):
        self.exported(trained(Convolutional()), [Tap("second", "features")], classes=("a", "two words", "c"))
        conf = (self.target / "model.conf").read_text()
        self.assertIn("format = 1\n", conf)
        self.assertIn("input { width = 16, height = 16, resize = stretch, crop = none, interpolation = bilinear", conf)
        self.assertIn("mean = [0.5, 0.5, 0.5], std = [0.25, 0.25, 0.25] }", conf)
        self.assertIn('classes = [a, "two words", c]', conf)
        self.assertIn("{ name = second, layout = spatial, channels = 6, grid = [6, 6] }", conf)
        digest = hashlib.sha256((self.target / "model.pt").read_bytes()).hexdigest()
        self.assertEqual(digest, re.search(r'sha256 = "(\w+)"', conf)[1])

    def test_many_classes_go_to_a_file_of_their_own(self):
        model = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 60))
        self.exported(model, classes=[f"class {index}" for index in range(60)])
        self.assertIn('classes-file = "classes.txt"', (self.target / "model.conf").read_text())
        self.assertEqual(60, len((self.target / "classes.txt").read_text().splitlines()))

    def test_no_path_of_this_machine_is_in_the_file(self):
        self.exported(trained(Convolutional()))
        with zipfile.ZipFile(self.target / "model.pt") as archive:
            for entry in archive.infolist():
                self.assertNotIn(str(SUBMIT.parent).encode(), archive.read(entry), entry.filename)
                self.assertNotIn(b"site-packages", archive.read(entry), entry.filename)

    def test_a_scripted_module_keeps_its_branches(self):
        class Scripted(Convolutional):
            def forward(self, images):
                return double_where_positive(super().forward(images))

        model = trained(Scripted())
        with torch.no_grad():
            model.classifier.bias.copy_(torch.tensor([9.0, 9.0, 9.0]))

        bundle = self.exported(model)
        with torch.no_grad():
            model.classifier.bias.copy_(torch.tensor([-9.0, -9.0, -9.0]))
            bundle.model.classifier.bias.copy_(model.classifier.bias)

        images = torch.randn(2, 3, 16, 16)
        torch.testing.assert_close(bundle(images), model(images), rtol=0, atol=EXACT)

    def test_a_skip_around_the_tap_is_refused(self):
        self.refused(trained(SkipAroundTheTap()), "head_second", taps=[Tap("second", "features")])

    def test_a_batch_size_in_the_trace_is_refused(self):
        self.refused(trained(BatchInTheWeights()), "does not answer as the model does")

    def test_a_branch_on_the_data_is_refused(self):
        class Fixed(Branching):
            """Takes the other branch on the images of the check than on those of the trace."""

            def forward(self, images):
                logits = Convolutional.forward(self, images)
                return logits * 2 if len(images) == 5 else logits

        self.refused(trained(Fixed()), "branches on the data")

    def test_a_tensor_made_on_a_fixed_device_is_refused(self):
        self.refused(trained(TensorOnTheCpu()), "fixed device")

    def test_mistakes_are_told_in_one_sentence(self):
        model = trained(Convolutional())
        self.refused(model, "no submodule 'features.9'.*features, classifier", taps=[Tap("x", "features.9")])
        self.refused(model, "no methods stem_x and head_x", taps=[Tap("x")])
        self.refused(model, "3 logits, but 2 class names", classes=("a", "b"))
        self.refused(model, "must be N x channels x rows x columns|must have 4", taps=[Tap("x", "classifier")])

    def test_numbers_that_make_no_sense_are_refused_before_anything_is_done(self):
        model = nn.Identity()  # which could not be exported either
        self.refused(model, "cannot be -1 noisy variants", wanted=Variants(noisy=-1))
        for level in (-0.1, float("nan"), float("inf")):
            self.refused(model, "--noise-level. must be zero or more", wanted=Variants(noisy=1, noise_level=level))

        for beta in (0.0, -1.0, float("nan"), float("inf")):
            self.refused(model, "--softplus-beta. must be positive", softplus_beta=beta)

    def test_an_existing_bundle_is_replaced_only_on_demand(self):
        self.exported(trained(Convolutional()))
        with self.assertRaisesRegex(ExportError, "--force"):
            self.exported(trained(Convolutional()))

        export(Convolutional(), self.target, input=SMALL, classes="xyz", force=True, quiet=True)
        self.assertIn("classes = [x, y, z]", (self.target / "model.conf").read_text())


class CommandLineTest(unittest.TestCase):
    def run_in(self, folder, *arguments):
        command = [sys.executable, str(SUBMIT / "export_model.py"), *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    def test_a_module_with_a_checkpoint_becomes_a_bundle(self):
        with tempfile.TemporaryDirectory() as folder:
            lines = "import torch\n\ndef make():\n    return torch.nn.Sequential(torch.nn.Conv2d(3, 2, 3),"
            lines += " torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())\n"
            Path(folder, "net.py").write_text(lines)
            weights = nn.Sequential(nn.Conv2d(3, 2, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())
            torch.save({"state_dict": weights.state_dict()}, Path(folder, "weights.pt"))
            result = self.run_in(
                folder, "--module", "net:make", "--checkpoint", "weights.pt", "--size", "16x16", "--classes", "a,b",
                "--tap", "conv=0", "out",
            )  # fmt: skip
            self.assertEqual(0, result.returncode, result.stderr)
            bundle = torch.jit.load(str(Path(folder, "out", "model.pt")))
            images = torch.randn(2, 3, 16, 16)
            torch.testing.assert_close(bundle(images), weights(images), rtol=0, atol=EXACT)

    def test_the_help_says_what_every_rule_needs_and_fits_a_terminal(self):
        told = _parser().format_help()
        for rule in RULES:
            self.assertIn(f"  {rule.name:<17}{rule.needs}\n", told)

        self.assertLessEqual(max(len(line) for line in told.splitlines()), 120)

    def test_a_mistake_is_one_line_and_a_nonzero_exit(self):
        with tempfile.TemporaryDirectory() as folder:
            result = self.run_in(folder, "--module", "nowhere:make", "--size", "16", "--classes", "a,b", "out")
            self.assertEqual(2, result.returncode)
            self.assertEqual(1, len(result.stderr.splitlines()))
            self.assertEqual([], list(Path(folder).iterdir()))


class LibrariesTest(unittest.TestCase):
    """The built-in splits, on random weights and small inputs where the model allows."""

    def check(self, model, size, first_tap):
        taps = default_taps(model)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder, "bundle")
            classes = [str(index) for index in range(10)]
            export(model, out, input=Input(size, size), classes=classes, taps=taps, quiet=True)
            self.assertIn(first_tap, (out / "model.conf").read_text())

    @unittest.skipUnless(torchvision, "torchvision is not installed")
    def test_torchvision_resnet(self):
        self.check(
            torchvision.models.resnet18(num_classes=10), 64,
            "{ name = layer1, layout = spatial, channels = 64, grid = [16, 16] }",
        )  # fmt: skip

    @unittest.skipUnless(torchvision, "torchvision is not installed")
    def test_torchvision_vision_transformer(self):
        model = torchvision.models.VisionTransformer(32, 8, 2, 2, 16, 32, num_classes=10)
        self.check(model, 32, "{ name = block1, layout = tokens, channels = 16, grid = [4, 4], prefix-tokens = 1 }")

    @unittest.skipUnless(timm, "timm is not installed")
    def test_timm_vision_transformer(self):
        model = timm.create_model("vit_tiny_patch16_224", img_size=64, depth=2, num_classes=10)
        self.check(model, 64, "{ name = block1, layout = tokens, channels = 192, grid = [4, 4], prefix-tokens = 1 }")


if __name__ == "__main__":
    unittest.main()
