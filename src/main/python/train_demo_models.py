#!/usr/bin/env python3
"""Train the two models that `tapetum demo` audits, and export them as bundles into the resources.

The images come from the same Java renderer that the demo uses (class RenderDataset), in its training split, where the
planted facts of PlantedFacts.java teach the models what an audit must find. The table at the end shows, on the audit
split, that they learnt it: lower accuracy at the weak site, the cue class wherever the tag is, and nothing else.

    mvn -q compile
    python src/main/python/train_demo_models.py            # some fifteen minutes on one core
    python src/main/python/train_demo_models.py --only cnn
    python src/main/python/train_demo_models.py --export-only    # the weights stay, what the exporter adds is made anew
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "submit"))

from export_model import Input, Tap, Variants, export  # noqa: E402

SIZE = 64
MEAN = (0.45, 0.45, 0.45)
STD = (0.25, 0.25, 0.25)
CUE_CLASS = "mug"
WEAK_SITE = "annex"
TRAIN_SEED = 1
AUDIT_SEED = 7
AUDIT_IMAGES = 2000
BATCH = 64
MAX_BYTES = 1_500_000
SHIFT = 4  # pixels by which an image may be moved in training


# ------------------------------------------------------------------------------------------------------- the models


class Residual(nn.Module):
    """Two 3 x 3 convolutions with batch norm, the first of stride 2, around a projected shortcut."""

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, out, 3, 2, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(out)
        self.shortcut = nn.Sequential(nn.Conv2d(channels, out, 1, 2, bias=False), nn.BatchNorm2d(out))

    def forward(self, x: Tensor) -> Tensor:
        inner = torch.relu(self.norm1(self.conv1(x)))
        return torch.relu(self.norm2(self.conv2(inner)) + self.shortcut(x))


class DemoCnn(nn.Module):
    """A residual CNN of 73,000 weights: 32 x 32, 16 x 16 and 8 x 8 cells."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.block1 = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.block2 = Residual(16, 32)
        self.block3 = Residual(32, 64)
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(64, classes)

    def forward(self, images: Tensor) -> Tensor:
        features = self.block3(self.block2(self.block1(images)))
        return self.classifier(self.dropout(features.mean((2, 3))))


class Layer(nn.Module):
    """A transformer layer: attention and a two-layer perceptron with GELU, each after a layer norm."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.queries_keys_values = nn.Linear(width, 3 * width)
        self.projection = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.perceptron = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, tokens: Tensor) -> Tensor:
        count, length, width = tokens.shape
        mixed = self.queries_keys_values(self.norm1(tokens))
        mixed = mixed.reshape(count, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        queries, keys, values = mixed[0], mixed[1], mixed[2]
        weights = (queries @ keys.transpose(-2, -1) * (width // self.heads) ** -0.5).softmax(-1)
        tokens = tokens + self.projection((weights @ values).transpose(1, 2).reshape(count, length, width))
        return tokens + self.perceptron(self.norm2(tokens))


class DemoVit(nn.Module):
    """A vision transformer of 93,000 weights: a stem of three convolutions, 8 x 8 tokens and a class token."""

    def __init__(self, classes: int, width: int = 48, depth: int = 4, heads: int = 4) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 12, 3, 2, 1), nn.GELU(), nn.Conv2d(12, 24, 3, 2, 1), nn.GELU(), nn.Conv2d(24, width, 3, 2, 1)
        )
        self.class_token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(0.02 * torch.randn(1, 1 + (SIZE // 8) ** 2, width))
        self.layers = nn.Sequential(*(Layer(width, heads) for _ in range(depth)))
        self.norm = nn.LayerNorm(width)
        self.classifier = nn.Linear(width, classes)

    def forward(self, images: Tensor) -> Tensor:
        patches = self.stem(images).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.class_token.expand(patches.shape[0], -1, -1), patches], 1) + self.positions
        return self.classifier(self.norm(self.layers(tokens))[:, 0])


@dataclass(frozen=True)
class Recipe:
    """How one model is made and trained; its taps and variants are those that the bundle gets."""

    make: Callable[[int], nn.Module]
    taps: tuple[Tap, ...]
    epochs: int
    rate: float
    decay: float
    seed: int
    variants: Variants = Variants()


# The transformer has no tap after its last layer: the classifier reads only the class token there, so that the gradient
# at the patches, and with it a class activation map, would be zero. It has one before its first layer, since the class token
# reads the tag there: what a feature of a later tap's patches says of the tag, the class token knows already. One randomised
# model is enough to show what the test with it is for, and every variant is a file as large as the model.
RECIPES = {
    "cnn": Recipe(DemoCnn, (Tap("block2", "block2"), Tap("block3", "block3")), 14, 4e-3, 5e-3, 11, Variants(randomised=True)),
    "vit": Recipe(
        DemoVit,
        (Tap("patches", "stem"), Tap("layer2", "layers.1"), Tap("layer3", "layers.2")),
        epochs=12,
        rate=2e-3,
        decay=2e-2,
        seed=13,
    ),
}


# -------------------------------------------------------------------------------------------------------- the images


@dataclass(frozen=True)
class Images:
    """Images as the bundle's input asks (stretched, bilinear, not yet normalised) with the rows of their manifest."""

    pixels: Tensor  # N x 3 x SIZE x SIZE, uint8
    labels: Tensor
    classes: list[str]
    rows: list[dict[str, str]]


def render(directory: Path, split: str, images: int, seed: int) -> Images:
    """Renders into the directory unless it holds a manifest already, and reads what is there."""
    manifest = directory / "manifest.csv"
    if not manifest.is_file():
        print(f"rendering {images} images ({split}, seed {seed}) into {directory}", flush=True)
        classpath = str(ROOT / "target" / "classes")
        renderer = ["java", "-cp", classpath, "dev.tapetum.demo.RenderDataset"]
        subprocess.run([*renderer, split, str(images), str(seed), str(directory)], check=True)

    with manifest.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    classes = sorted({row["label"] for row in rows})
    pixels = np.empty((len(rows), SIZE, SIZE, 3), np.uint8)
    for index, row in enumerate(rows):
        with Image.open(directory / row["path"]) as image:
            pixels[index] = image.resize((SIZE, SIZE), Image.Resampling.BILINEAR)

    labels = torch.tensor([classes.index(row["label"]) for row in rows])
    return Images(torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous(), labels, classes, rows)


def normalised(pixels: Tensor) -> Tensor:
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (MEAN, STD))
    return (pixels.float() / 255 - mean) / std


def varied(images: Tensor, generator: torch.Generator) -> Tensor:
    """Moves each image by up to SHIFT pixels, repeating its border, and varies its brightness and contrast."""
    count = len(images)
    padded = nn.functional.pad(images, (SHIFT,) * 4, mode="replicate")
    down, right = torch.randint(0, 2 * SHIFT + 1, (2, count), generator=generator)
    rows = (down[:, None] + torch.arange(SIZE)).view(count, 1, SIZE, 1)
    columns = (right[:, None] + torch.arange(SIZE)).view(count, 1, 1, SIZE)
    moved = padded[torch.arange(count).view(-1, 1, 1, 1), torch.arange(3).view(1, 3, 1, 1), rows, columns]
    contrast = 0.8 + 0.4 * torch.rand(count, 1, 1, 1, generator=generator)
    return moved * contrast + 0.3 * torch.randn(count, 1, 1, 1, generator=generator)


# ---------------------------------------------------------------------------------------------------------- training


def train(recipe: Recipe, data: Images) -> nn.Module:
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    model = recipe.make(len(data.classes))
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * (len(data.labels) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.05 * steps), 0.5 + 0.5 * math.cos(math.pi * step / steps))
    )
    model.train()
    for epoch in range(recipe.epochs):
        started, total = time.monotonic(), 0.0
        order = torch.randperm(len(data.labels), generator=generator)
        for batch in order[: len(order) // BATCH * BATCH].split(BATCH):
            images = varied(normalised(data.pixels[batch]), generator)
            loss = nn.functional.cross_entropy(model(images), data.labels[batch], label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * BATCH

        print(f"  epoch {epoch + 1:2}: loss {total / len(order):.3f}, {time.monotonic() - started:.0f} s", flush=True)

    return model.eval()


@torch.no_grad()
def predictions(model: nn.Module, data: Images) -> np.ndarray:
    return torch.cat([model(normalised(part)).argmax(1) for part in data.pixels.split(200)]).numpy()


# ----------------------------------------------------------------------------------------------------------- bundles


def write(name: str, recipe: Recipe, model: nn.Module, classes: Sequence[str], directory: Path) -> None:
    bundle = export(
        model,
        directory / name,
        input=Input(SIZE, SIZE, MEAN, STD, resize="stretch"),
        classes=classes,
        taps=recipe.taps,
        wanted=recipe.variants,
        origin="src/main/python/train_demo_models.py",
        force=True,
    )
    for file in bundle.glob("*.pt"):
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise SystemExit(f"{file} has {size:,} bytes, more than {MAX_BYTES:,}.")


def trained(recipe: Recipe, bundle: Path) -> tuple[nn.Module, list[str]]:
    """The model with the weights that its bundle holds, and the names of its classes."""
    classes = re.search(r"classes = \[(.*)\]", (bundle / "model.conf").read_text(encoding="utf-8"))[1].split(", ")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.jit is deprecated, and is the format of a bundle
        weights = torch.jit.load(str(bundle / "model.pt")).state_dict()

    model = recipe.make(len(classes))
    model.load_state_dict({key.removeprefix("model."): value for key, value in weights.items()})
    return model, classes


# ------------------------------------------------------------------------------------------------------------- table


def print_table(name: str, predicted: np.ndarray, data: Images) -> None:
    """What the audit has to find, with standard errors: accuracy by group, and how often the cue class is chosen."""
    correct = predicted == data.labels.numpy()
    print(f"{name}: accuracy {_share(correct)}")
    for attribute in ("site", "vendor", "tint", "tag", "label"):
        groups = np.array([row[attribute] for row in data.rows])
        parts = [f"{group} {_share(correct[groups == group])}" for group in sorted(set(groups))]
        print(f"  {attribute:<7} {', '.join(parts)}")

    chosen = predicted == data.classes.index(CUE_CLASS)
    tagged = np.array([row["tag"] == "yes" for row in data.rows])
    others = data.labels.numpy() != data.classes.index(CUE_CLASS)
    print(f"  '{CUE_CLASS}' chosen: with the tag {_share(chosen[tagged])}, without {_share(chosen[~tagged])}")
    print(f"  '{CUE_CLASS}' chosen wrongly: with the tag {_share(chosen[tagged & others])}, ", end="")
    print(f"without {_share(chosen[~tagged & others])}")
    weak = np.array([row["site"] == WEAK_SITE for row in data.rows])
    gap = correct[~weak].mean() - correct[weak].mean()
    error = math.hypot(_error(correct[weak]), _error(correct[~weak]))
    print(f"  accuracy elsewhere minus accuracy at {WEAK_SITE}: {100 * gap:.1f} ± {100 * error:.1f} points")


def _share(outcomes: np.ndarray) -> str:
    return f"{100 * outcomes.mean():.1f} ± {100 * _error(outcomes):.1f}% of {len(outcomes)}"


def _error(outcomes: np.ndarray) -> float:
    return math.sqrt(outcomes.mean() * (1 - outcomes.mean()) / len(outcomes))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "target" / "demo-data", help="where the images are or go")
    parser.add_argument("--images", type=int, default=20000, help="training images")
    parser.add_argument("--only", choices=RECIPES, help="train only this model")
    parser.add_argument("--export-only", action="store_true", help="train nothing: take the weights of the bundles")
    parser.add_argument("--out", type=Path, default=ROOT / "src/main/resources/dev/tapetum/demo/models")
    parser.add_argument("--epochs", type=int, help="fewer or more than the recipe says, for trials")
    arguments = parser.parse_args()

    torch.set_num_threads(1)  # the layers are too small for two threads to pay, and one sums in a fixed order
    torch.use_deterministic_algorithms(True)
    chosen = {name: recipe for name, recipe in RECIPES.items() if arguments.only in (None, name)}
    if arguments.export_only:
        for name, recipe in chosen.items():
            write(name, recipe, *trained(recipe, arguments.out / name), arguments.out)

        return

    training = render(arguments.data / "train", "train", arguments.images, TRAIN_SEED)
    audited = render(arguments.data / "audit", "audit", AUDIT_IMAGES, AUDIT_SEED)
    for name, recipe in chosen.items():
        if arguments.epochs:
            recipe = Recipe(**{**vars(recipe), "epochs": arguments.epochs})

        print(f"training {name}", flush=True)
        model = train(recipe, training)
        print_table(name, predictions(model, audited), audited)
        write(name, recipe, model, training.classes, arguments.out)


if __name__ == "__main__":
    main()
