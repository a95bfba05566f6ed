#!/usr/bin/env python3
"""Train the miniature editor of the demo, an instruction-guided latent diffusion model, and export it as a bundle.

It is an InstructPix2Pix (Brooks et al. 2023, arXiv 2211.09800) of some 570,000 weights: an autoencoder of 64 x 64 pixels to
16 x 16 x 8 latents, a text encoder of one layer, and a U-Net that sees the noisy latents and the latents of the given image
and attends to the words. The images come from the demo's own renderer (class RenderDataset), with the mask of each subject;
the pairs (image, instruction, edited image) are made by the rules below.

Why the strength of an edit is drawn at random. With classifier-free guidance the noise is e(I,0) + s (e(I,T) - e(I,0)): a
step away from what the model expects without the instruction, times s. Every picture varies a little along every property,
by a normal number of standard deviation SPREAD, and the instruction moves the mean of its own property by SHIFT. With T and
without it the edited pictures are then normal with the same spread, and for such a pair of distributions guidance is exact:
the guided distribution is again normal, with its mean moved by s times SHIFT (divided by the image guidance, which narrows
the spread). So the scale is a dose. Trained on full edits only, the model would do the whole edit at a scale of 1 and leave
the larger scales nothing but artefacts.

    mvn -q compile
    python src/main/python/train_demo_editor.py                  # some twenty minutes on one core
    python src/main/python/train_demo_editor.py --export-only    # from the weights of an earlier training
"""

from __future__ import annotations

import argparse
import copy
import csv
import math
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "submit"))

SIZE = 64
PATCH = 4  # pixels along the side of one latent
LATENTS = 8
TOKENS = 16
WORDS = 48  # numbers per token
VOCABULARY = 360
BATCH = 48
TOLD = 4  # instructions that each image of a batch is given, all else being equal
SPREAD = 0.35  # standard deviation of every property in every edited picture
SHIFT = 0.2  # what an instruction adds to its property, in full edits
AVERAGE = 0.99  # what the running mean of the weights keeps of itself in a step
DROP = 0.05  # half of how often the text, and independently the image, is kept from the model
CONTRAST = 20.0  # how much more the differences between the rows of one image count than the rows themselves
POSTERIOR = 0.05  # standard deviation of the noise on the latents while the autoencoder learns
TIMESTEPS = 1000
BETAS = (0.00085, 0.012)
RENDER_SEED = 5
SEED = 17


# -------------------------------------------------------------------------------------------------- edits and words


def lighter(images: Tensor, _subject: Tensor, amount: Tensor) -> Tensor:
    return images + 0.3 * amount


def coloured(red: float, green: float, blue: float) -> Callable[[Tensor, Tensor, Tensor], Tensor]:
    change = torch.tensor([red, green, blue]).view(1, 3, 1, 1)
    return lambda images, _subject, amount: images + amount * change


def greyer(images: Tensor, _subject: Tensor, amount: Tensor) -> Tensor:
    luma = (images * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)
    return images + 0.8 * amount * (luma - images)


def lighter_behind(images: Tensor, subject: Tensor, amount: Tensor) -> Tensor:
    return images + 0.3 * amount * (1 - subject)


# The properties along which every picture varies. Green is what red and blue together take away.
PROPERTIES = {
    "red": coloured(0.3, -0.15, -0.15),
    "blue": coloured(-0.15, -0.15, 0.3),
    "light": lighter,
    "grey": greyer,
    "background": lighter_behind,
}


@dataclass(frozen=True)
class Wish:
    """What an instruction means: how far it moves which properties, and the ways to say it."""

    moves: dict[str, float]
    sentences: tuple[str, ...]


def said(*words: str) -> tuple[str, ...]:
    verbs = ("make it", "turn it", "make the picture", "make the image")
    return tuple(f"{verb} {word}" for verb in verbs for word in words)


WISHES = (
    Wish({"red": 1}, (*said("red", "redder"), "paint it red")),
    Wish({"blue": 1}, (*said("blue", "bluer"), "paint it blue")),
    Wish({"red": -0.8, "blue": -0.8}, (*said("green", "greener"), "paint it green")),
    Wish({"light": 1}, (*said("brighter", "lighter"), "brighten it", "brighten the picture")),
    Wish({"light": -1}, (*said("darker"), "darken it", "darken the picture")),
    Wish({"grey": 1}, (*said("grey", "greyscale", "black and white"), "remove the colours")),
    Wish({"grey": -1}, (*said("colourful", "more colourful", "vivid"), "strengthen the colours")),
    Wish({"background": 1}, ("brighten the background", "make the background brighter", "lighten the background")),
    Wish({"background": -1}, ("darken the background", "make the background darker", "dim the background")),
)


def edited(
    images: Tensor, subjects: Tensor, wishes: list[Wish], generator: torch.Generator, told: int = 1
) -> Tensor:
    """Each image (values from 0 to 1) with every property moved by a normal number, whose mean is its wish's.

    So many images in a row as are `told` have their normal numbers in common.
    """
    for name, change in PROPERTIES.items():
        amount = SPREAD * torch.randn(len(images) // told, generator=generator).repeat_interleave(told)
        amount += SHIFT * torch.tensor([float(wish.moves.get(name, 0)) for wish in wishes])
        images = change(images, subjects, amount.view(-1, 1, 1, 1))

    return images.clamp(0, 1)


def tokenizer():
    """Byte pairs of lower-case text, learnt from the instructions; any sentence can be written in them."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    start, end = "<|startoftext|>", "<|endoftext|>"
    made = Tokenizer(models.BPE(unk_token=end))
    made.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[start, end],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator([sentence for wish in WISHES for sentence in wish.sentences], trainer)
    made.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}", special_tokens=[(start, made.token_to_id(start)), (end, made.token_to_id(end))]
    )
    return made


# -------------------------------------------------------------------------------------------------------- the models


class Residual(nn.Module):
    """Two 3 x 3 convolutions on normalised channels; a time embedding, where there is one, is added between them."""

    def __init__(self, channels: int, out: int, time: int = 0) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(4, channels)
        self.conv1 = nn.Conv2d(channels, out, 3, 1, 1)
        self.time = nn.Linear(time, out) if time else None
        self.norm2 = nn.GroupNorm(4, out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1)
        self.shortcut = nn.Identity() if channels == out else nn.Conv2d(channels, out, 1)
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x: Tensor, time: Tensor | None = None) -> Tensor:
        inner = self.conv1(functional.silu(self.norm1(x)))
        if self.time is not None:
            inner = inner + self.time(time)[:, :, None, None]

        return self.shortcut(x) + self.conv2(functional.silu(self.norm2(inner)))


# Widths are multiples of 16, here as in the U-Net: convolutions of libtorch 2.7.1 are wrong for other widths above 16 in
# batches, on CPUs with AVX-512.


class Encoder(nn.Module):
    """Images on [-1, 1] to the mode of their latents: a linear map of each patch and what a small net adds to it."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.linear = nn.Conv2d(3 * PATCH**2, LATENTS, 1)
        self.inside = nn.Sequential(nn.Conv2d(3 * PATCH**2, width, 3, 1, 1), Residual(width, width), nn.SiLU())
        self.out = nn.Conv2d(width, LATENTS, 3, 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, images: Tensor) -> Tensor:
        patches = functional.pixel_unshuffle(images, PATCH)
        return self.linear(patches) + self.out(self.inside(patches))


class Decoder(nn.Module):
    """Latents of unit variance to images on [-1, 1]; `scaling` is what latents of that kind were multiplied by."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.register_buffer("scaling", torch.ones(()))
        self.linear = nn.Conv2d(LATENTS, 3 * PATCH**2, 1)
        self.inside = nn.Sequential(
            nn.Conv2d(LATENTS, width, 3, 1, 1), Residual(width, width), Residual(width, width), nn.SiLU()
        )
        self.out = nn.Conv2d(width, 3 * PATCH**2, 3, 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, latents: Tensor) -> Tensor:
        latents = latents / self.scaling
        return functional.pixel_shuffle(self.linear(latents) + self.out(self.inside(latents)), PATCH).clamp(-1, 1)


class Attention(nn.Module):
    """Every position of x looks at the rows of another sequence, or of x itself."""

    def __init__(self, width: int, other: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(width, width)
        self.keys_values = nn.Linear(other, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, other: Tensor) -> Tensor:
        count, length, width = x.shape
        queries = self.queries(x).reshape(count, length, self.heads, -1).transpose(1, 2)
        both = self.keys_values(other).reshape(count, -1, 2, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = (queries @ both[0].transpose(-2, -1) * (width // self.heads) ** -0.5).softmax(-1)
        return self.out((weights @ both[1]).transpose(1, 2).reshape(count, length, width))


class TextEncoder(nn.Module):
    """One transformer layer over the embedded tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WORDS)
        self.places = nn.Parameter(0.02 * torch.randn(1, TOKENS, WORDS))
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(WORDS) for _ in range(3))
        self.attention = Attention(WORDS, WORDS)
        self.perceptron = nn.Sequential(nn.Linear(WORDS, 2 * WORDS), nn.GELU(), nn.Linear(2 * WORDS, WORDS))
        nn.init.normal_(self.words.weight, std=0.5)

    def forward(self, ids: Tensor) -> Tensor:
        x = self.words(ids) + self.places
        normed = self.norm1(x)
        x = x + self.attention(normed, normed)
        return self.norm3(x + self.perceptron(self.norm2(x)))


class Sight(nn.Module):
    """Positions look at each other, where there are few of them, and at the words."""

    def __init__(self, width: int, alone: bool) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.itself = Attention(width, width) if alone else None
        self.norm2 = nn.LayerNorm(width)
        self.text = Attention(width, WORDS)

    def forward(self, x: Tensor, text: Tensor) -> Tensor:
        count, width, height, across = x.shape
        flat = x.flatten(2).transpose(1, 2)
        if self.itself is not None:
            normed = self.norm1(flat)
            flat = flat + self.itself(normed, normed)

        flat = flat + self.text(self.norm2(flat), text)
        return flat.transpose(1, 2).reshape(count, width, height, across)


class UNet(nn.Module):
    """Predicts the velocity from noisy latents and image latents side by side, the timestep and the words.

    It is a sum of two: what is expected whatever is said, from both latents; and what the words change of it, from the image
    latents alone. With edits of normal strength that is no loss: two normal distributions of the same spread differ in
    their best prediction by a term that does not depend on the noisy latents. And it keeps guidance true: scaled up,
    the difference of two such terms stays the direction that it is, however far the noisy latents have been carried.

    What is expected is for the most part a mixture of both latents whose shares depend on the time: these shares are learnt
    apart, so that the convolutions have to learn only the rest.
    """

    def __init__(self, width: int = 32, time: int = 96) -> None:
        super().__init__()
        self.register_buffer("frequencies", torch.exp(-math.log(10000) * torch.arange(32) / 32))
        self.time = nn.Sequential(nn.Linear(64, time), nn.SiLU(), nn.Linear(time, time), nn.SiLU())
        self.shares = nn.Linear(time, 2 * LATENTS)
        self.enter = nn.Conv2d(2 * LATENTS, width, 3, 1, 1)
        self.first = Residual(width, width, time)
        self.second = Residual(width, width, time)
        self.out = nn.Sequential(nn.GroupNorm(4, width), nn.SiLU(), nn.Conv2d(width, LATENTS, 3, 1, 1))
        self.words = Words(width, time)
        for layer in (self.shares, self.out[2]):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, latents: Tensor, timesteps: Tensor, text: Tensor) -> Tensor:
        angles = timesteps.float()[:, None] * self.frequencies
        time = self.time(torch.cat([angles.cos(), angles.sin()], 1))
        mixed = latents * self.shares(time)[:, :, None, None]
        rest = self.out(self.second(self.first(self.enter(latents), time), time))
        return mixed[:, :LATENTS] + mixed[:, LATENTS:] + rest + self.words(latents[:, LATENTS:], time, text)


class Words(nn.Module):
    """What the words change, at two resolutions that both attend to them."""

    def __init__(self, width: int, time: int) -> None:
        super().__init__()
        self.sentence = nn.Linear(WORDS, time)  # of all words together: most edits change the whole image alike
        self.enter = nn.Conv2d(LATENTS, width, 3, 1, 1)
        self.wide1 = Residual(width, width, time)
        self.see1 = Sight(width, alone=False)
        self.down = nn.Conv2d(width, 2 * width, 3, 2, 1)
        self.deep1 = Residual(2 * width, 2 * width, time)
        self.see2 = Sight(2 * width, alone=True)
        self.deep2 = Residual(2 * width, 2 * width, time)
        self.up = nn.Conv2d(2 * width, width, 3, 1, 1)
        self.wide2 = Residual(2 * width, width, time)
        self.see3 = Sight(width, alone=False)
        self.norm = nn.GroupNorm(4, width)
        self.out = nn.Conv2d(width, LATENTS, 3, 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, image: Tensor, time: Tensor, text: Tensor) -> Tensor:
        time = functional.silu(time + self.sentence(text.sum(1) / 4))
        wide = self.see1(self.wide1(self.enter(image), time), text)
        deep = self.deep2(self.see2(self.deep1(self.down(wide), time), text), time)
        up = self.up(functional.interpolate(deep, scale_factor=2.0, mode="nearest"))
        last = self.see3(self.wide2(torch.cat([up, wide], 1), time), text)
        return self.out(functional.silu(self.norm(last)))


@dataclass
class Parts:
    """What an editor is made of."""

    text: nn.Module
    unet: nn.Module
    encoder: nn.Module
    decoder: nn.Module

    @staticmethod
    def new() -> Parts:
        return Parts(TextEncoder(), UNet(), Encoder(), Decoder())

    def states(self) -> dict[str, dict[str, Tensor]]:
        return {name: part.state_dict() for name, part in vars(self).items()}

    def load(self, states: dict[str, dict[str, Tensor]]) -> Parts:
        for name, part in vars(self).items():
            part.load_state_dict(states[name])
            part.eval()

        return self


# -------------------------------------------------------------------------------------------------------- the images


@dataclass(frozen=True)
class Images:
    pixels: Tensor  # N x 3 x SIZE x SIZE, uint8
    subjects: Tensor  # N x 1 x SIZE x SIZE, uint8: how much of a pixel is the subject

    def __len__(self) -> int:
        return len(self.pixels)

    def draw(self, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Some images and their subjects, from 0 to 1, half of them mirrored."""
        chosen = torch.randint(len(self), (count,), generator=generator)
        mirrored = torch.rand(count, generator=generator).view(-1, 1, 1, 1) < 0.5
        pixels, subjects = self.pixels[chosen].float() / 255, self.subjects[chosen].float() / 255
        return torch.where(mirrored, pixels.flip(3), pixels), torch.where(mirrored, subjects.flip(3), subjects)


def render(directory: Path, split: str, images: int, seed: int) -> Images:
    """Renders into the directory unless it holds a manifest already, and reads what is there."""
    manifest = directory / "manifest.csv"
    if not manifest.is_file():
        print(f"rendering {images} images ({split}, seed {seed}) into {directory}", flush=True)
        renderer = ["java", "-cp", str(ROOT / "target" / "classes"), "dev.tapetum.demo.RenderDataset"]
        subprocess.run([*renderer, split, str(images), str(seed), str(directory), "subjects"], check=True)

    with manifest.open(newline="", encoding="utf-8") as lines:
        names = [row["path"] for row in csv.DictReader(lines)]

    pixels = np.empty((len(names), SIZE, SIZE, 3), np.uint8)
    subjects = np.empty((len(names), SIZE, SIZE, 1), np.uint8)
    for index, name in enumerate(names):
        with Image.open(directory / name) as image, Image.open(directory / f"subjects/{Path(name).stem}.png") as mask:
            pixels[index] = image.resize((SIZE, SIZE), Image.Resampling.BILINEAR)
            subjects[index, ..., 0] = mask.resize((SIZE, SIZE), Image.Resampling.BILINEAR)

    return Images(*(torch.from_numpy(each).permute(0, 3, 1, 2).contiguous() for each in (pixels, subjects)))


# ---------------------------------------------------------------------------------------------------------- training


class Average:
    """A running mean of weights, which is what is kept in the end."""

    def __init__(self, module: nn.Module, rate: float) -> None:
        self.module = copy.deepcopy(module)
        self.rate = rate

    @torch.no_grad()
    def take(self, module: nn.Module) -> None:
        for mean, new in zip(self.module.state_dict().values(), module.state_dict().values()):
            mean.lerp_(new, 1 - self.rate)


def optimiser(parameters: list[nn.Parameter], rate: float, steps: int):
    made = torch.optim.AdamW(parameters, lr=rate, weight_decay=1e-3)
    plan = torch.optim.lr_scheduler.LambdaLR(
        made, lambda step: min((step + 1) / 100, 0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * step / steps)))
    )
    return made, plan


def principal_start(encoder: Encoder, decoder: Decoder, data: Images) -> None:
    """Starts the linear halves of both as principal components of the patches."""
    patches = functional.pixel_unshuffle(data.pixels[:500].float() / 127.5 - 1, PATCH).transpose(1, 0).flatten(1)
    mean = patches.mean(1)
    _, vectors = torch.linalg.eigh(torch.cov(patches))
    top = vectors[:, -LATENTS:]
    with torch.no_grad():
        encoder.linear.weight.copy_(top.T[:, :, None, None])
        encoder.linear.bias.copy_(-top.T @ mean)
        decoder.linear.weight.copy_(top[:, :, None, None])
        decoder.linear.bias.copy_(mean)


def train_autoencoder(parts: Parts, data: Images, steps: int, generator: torch.Generator) -> None:
    """The latents get noise of a fixed size, as of a posterior with that standard deviation, so that near ones look alike."""
    principal_start(parts.encoder, parts.decoder, data)
    adam, plan = optimiser([*parts.encoder.parameters(), *parts.decoder.parameters()], 2e-3, steps)
    started = time.monotonic()
    for step in range(1, steps + 1):
        images, subjects = data.draw(BATCH, generator)
        images = 2 * edited(images, subjects, [random.choice(WISHES) for _ in images], generator) - 1
        latents = parts.encoder(images)
        noisy = latents + POSTERIOR * torch.randn(latents.shape, generator=generator)
        off = parts.decoder(noisy) - images
        loss = off.square().mean() + 0.1 * off.abs().mean() + 1e-5 * latents.square().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        plan.step()
        if step % 100 == 0 or step == steps:
            decibels = 10 * math.log10(4 / off.square().mean().item())
            print(f"  autoencoder {step:5}: {decibels:.1f} dB, {time.monotonic() - started:.0f} s", flush=True)

    with torch.no_grad():
        parts.decoder.scaling.copy_(1 / parts.encoder(data.pixels[:500].float() / 127.5 - 1).std())


def alphas() -> Tensor:
    """The share of the signal's variance after each timestep."""
    betas = torch.linspace(BETAS[0] ** 0.5, BETAS[1] ** 0.5, TIMESTEPS, dtype=torch.float64) ** 2
    return (1 - betas).cumprod(0).float()


def train_diffusion(
    parts: Parts, data: Images, steps: int, generator: torch.Generator, keep_at: Callable[[nn.Module, nn.Module], None]
) -> None:
    """Leaves the running mean of the weights; `keep_at` gets that of every few hundred steps."""
    words = tokenizer()
    signal = alphas()
    scaling = parts.decoder.scaling
    adam, plan = optimiser([*parts.text.parameters(), *parts.unet.parameters()], 2e-3, steps)
    averages = [Average(parts.text, AVERAGE), Average(parts.unet, AVERAGE)]
    started, total = time.monotonic(), torch.zeros(2)
    for step in range(1, steps + 1):
        # Rows that differ by the instruction alone. What their answers miss in common is not the words' doing; the
        # differences between them are, and are learnt from with a larger weight. The best prediction minimises both.
        images, subjects = (
            each.repeat_interleave(TOLD, 0) for each in data.draw(BATCH // TOLD, generator)
        )
        wishes = [wish for _ in range(BATCH // TOLD) for wish in random.sample(WISHES, TOLD)]
        goals = edited(images, subjects, wishes, generator, TOLD)
        silent = torch.rand(BATCH, generator=generator) < 2 * DROP
        blind = (torch.rand(BATCH // TOLD, generator=generator) < 2 * DROP).repeat_interleave(TOLD)
        sentences = ["" if hidden else random.choice(wish.sentences) for wish, hidden in zip(wishes, silent.tolist())]
        with torch.no_grad():
            given = parts.encoder(2 * images - 1) * ~blind.view(-1, 1, 1, 1)
            clean = scaling * parts.encoder(2 * goals - 1)

        # More often than not much noise: there the words are needed most, since the picture does not show the edit yet.
        timesteps = (TIMESTEPS * torch.rand(BATCH // TOLD, generator=generator).sqrt()).long().repeat_interleave(TOLD)
        keep, lose = (each.view(-1, 1, 1, 1) for each in (signal[timesteps].sqrt(), (1 - signal[timesteps]).sqrt()))
        noise = torch.randn(BATCH // TOLD, *clean.shape[1:], generator=generator).repeat_interleave(TOLD, 0)
        ids = torch.tensor([encoded(words, sentence) for sentence in sentences])
        answer = parts.unet(torch.cat([keep * clean + lose * noise, given], 1), timesteps, parts.text(ids))
        off = answer - (keep * noise - lose * clean)
        apart = off.unflatten(0, (-1, TOLD))
        apart = apart - apart.mean(1, keepdim=True)
        loss = off.square().mean() + CONTRAST * apart.square().mean()
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*parts.text.parameters(), *parts.unet.parameters()], 1.0)
        adam.step()
        plan.step()
        averages[0].take(parts.text)
        averages[1].take(parts.unet)
        total += torch.stack([off.square().mean(), apart.square().mean()]).detach() / 100
        if step % 100 == 0 or step == steps:
            print(f"  diffusion {step:5}: loss {total[0]:.4f}, of the words {total[1]:.5f}, {time.monotonic() - started:.0f} s", flush=True)
            total = torch.zeros(2)
            keep_at(*(average.module for average in averages))

    parts.text, parts.unet = (average.module.eval() for average in averages)


def encoded(words, sentence: str) -> list[int]:
    """Exactly TOKENS ids, the end repeated, as the bundle says."""
    ids = words.encode(sentence).ids
    end = words.token_to_id("<|endoftext|>")
    ids = ids if len(ids) <= TOKENS else [*ids[: TOKENS - 1], end]
    return ids + [end] * (TOKENS - len(ids))


# ------------------------------------------------------------------------------------------------------------- table


@torch.no_grad()
def paint(parts: Parts, images: Tensor, sentence: str, scale: float, image_scale: float, steps: int, seed: int) -> Tensor:
    """Deterministic sampling with both guidance scales, as the editor does it; images and answer from 0 to 1."""
    words, signal, count = tokenizer(), alphas(), len(images)
    text = parts.text(torch.tensor([encoded(words, "")] * (2 * count) + [encoded(words, sentence)] * count))
    given = parts.encoder(2 * images - 1)
    given = torch.cat([torch.zeros_like(given), given, given])
    x = torch.randn(count, LATENTS, SIZE // PATCH, SIZE // PATCH, generator=torch.Generator().manual_seed(seed))
    stride = TIMESTEPS // steps
    for step in reversed(range(steps)):
        now = step * stride + 1
        before = now - stride
        keep, lose = signal[now].sqrt(), (1 - signal[now]).sqrt()
        answer = parts.unet(torch.cat([torch.cat([x] * 3), given], 1), torch.full((3 * count,), now), text)
        plain, seen, told = answer.chunk(3)
        velocity = plain + image_scale * (seen - plain) + scale * (told - seen)
        clean, noise = keep * x - lose * velocity, keep * velocity + lose * x
        left = signal[before] if before >= 0 else signal[0]
        x = left.sqrt() * clean + (1 - left).sqrt() * noise

    return parts.decoder(x) / 2 + 0.5


MEASURES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "make it red": lambda x, _: (x[:, 0] - (x[:, 1] + x[:, 2]) / 2).mean((1, 2)),
    "make it blue": lambda x, _: (x[:, 2] - (x[:, 0] + x[:, 1]) / 2).mean((1, 2)),
    "make it green": lambda x, _: (x[:, 1] - (x[:, 0] + x[:, 2]) / 2).mean((1, 2)),
    "make it brighter": lambda x, _: x.mean((1, 2, 3)),
    "make it greyscale": lambda x, _: -(x.amax(1) - x.amin(1)).mean((1, 2)),
    "make it more colourful": lambda x, _: (x.amax(1) - x.amin(1)).mean((1, 2)),
    "darken the background": lambda x, subject: (x.mean(1) * (subject - 1)).mean((1, 2)),
}


def print_table(parts: Parts, data: Images, count: int) -> None:
    """The mean of each property over the images at each scale, and for how many images it rises from step to step."""
    scales = np.linspace(1.01, 15, 8)
    images, subjects = data.pixels[:count].float() / 255, data.subjects[:count, 0].float() / 255
    for sentence, measure in MEASURES.items():
        pictures = [paint(parts, images, sentence, scale, 2.5, 20, 3) for scale in scales]
        values = torch.stack([measure(picture, subjects) for picture in pictures])
        rising = (values.diff(dim=0) > 0).all(0).float().mean()
        means = " ".join(f"{value:+.3f}" for value in values.mean(1))
        print(f"  {sentence:<24} rises for {100 * rising:5.1f}% of {count}: {means}", flush=True)


# ------------------------------------------------------------------------------------------------------------ bundle


def write(parts: Parts, directory: Path) -> None:
    from export_editor import Modules, Schedule, Tokens, export

    words = tokenizer()
    export(
        Modules(parts.text, parts.unet, parts.encoder, parts.decoder),
        directory,
        size=(SIZE, SIZE),
        latent=(LATENTS, SIZE // PATCH, SIZE // PATCH),
        tokens=Tokens(words.to_str(), TOKENS, words.token_to_id("<|endoftext|>")),
        schedule=Schedule(TIMESTEPS, "scaled-linear", *BETAS, prediction="v"),
        half=True,
        origin="src/main/python/train_demo_editor.py",
        force=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "target" / "demo-editor-data", help="where the images are or go")
    parser.add_argument("--images", type=int, default=4000, help="training images")
    parser.add_argument("--autoencoder-steps", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=2000, help="steps of the diffusion model")
    parser.add_argument("--weights", type=Path, default=ROOT / "target" / "demo-editor.pt", help="what training leaves")
    parser.add_argument("--resume", action="store_true", help="go on from --weights: the autoencoder is taken as it is")
    parser.add_argument("--export-only", action="store_true", help="train nothing: take --weights")
    parser.add_argument("--table", type=int, default=24, help="images of the table at the end")
    parser.add_argument("--out", type=Path, default=ROOT / "src/main/resources/dev/tapetum/demo/editors/mini")
    arguments = parser.parse_args()

    torch.set_num_threads(1)  # the layers are too small for two threads to pay, and one sums in a fixed order
    if arguments.export_only:
        write(Parts.new().load(torch.load(arguments.weights)), arguments.out)
        return

    torch.manual_seed(SEED)
    random.seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    training = render(arguments.data / "train", "train", arguments.images, RENDER_SEED)
    parts = Parts.new()
    if arguments.resume:
        parts.load(torch.load(arguments.weights))
    else:
        train_autoencoder(parts, training, arguments.autoencoder_steps, generator)

    arguments.weights.parent.mkdir(parents=True, exist_ok=True)

    def keep(text: nn.Module, unet: nn.Module) -> None:
        torch.save(Parts(text, unet, parts.encoder, parts.decoder).states(), arguments.weights)

    keep(parts.text, parts.unet)
    train_diffusion(parts, training, arguments.steps, generator, keep)
    print_table(parts, render(arguments.data / "audit", "audit", 300, 9), arguments.table)
    write(parts, arguments.out)


if __name__ == "__main__":
    main()
