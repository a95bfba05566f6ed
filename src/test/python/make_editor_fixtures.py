#!/usr/bin/env python3
"""Writes a diffusion editor of random weights, and what diffusers' own pipeline paints with it.

    python src/test/python/make_editor_fixtures.py [DIRECTORY]      default: src/test/resources/editors/random-sd

The model has the parts of Stable Diffusion at reduced width (`random_pipeline` of submit/export_editor.py). The pictures are
those of StableDiffusionInstructPix2PixPipeline with its DDIMScheduler, from the noise that Tapetum draws for the seed: the
same hash, written here a second time. Beside the bundle lie paintings.json, which says what was asked, and f32 files of
C x H x W values: the image and one picture for each setting. tokens.json holds the ids of some sentences.
"""

from __future__ import annotations

import json
import math
import sys
import warnings
from pathlib import Path

import numpy as np
import torch

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "submit"))

from export_editor import export_pipeline, random_pipeline  # noqa: E402

SEED = 20260707
SIZE = 64
STEPS = 5
INSTRUCTION = "make the picture brighter and turn it red"
SETTINGS = (  # text guidance, image guidance, prediction, spacing, clip range
    (1.5, 2.5, "epsilon", "leading", None),
    (7.5, 2.5, "epsilon", "leading", None),
    (4.0, 1.5, "epsilon", "trailing", None),
    (4.0, 1.5, "v_prediction", "trailing", None),
    (4.0, 1.5, "epsilon", "leading", 1.0),
)
SENTENCES = (
    "",
    "make it red",
    "Darken the BACKGROUND,  please!",
    "what's 42 in a café? 雪",
    "turn the day into night " * 30,
)

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def seed_of(seed: int, purpose: str, index: int) -> int:
    hashed = 0xCBF29CE484222325
    for byte in purpose.encode():
        hashed = ((hashed ^ byte) * 0x100000001B3) & MASK

    return mix((mix(seed ^ hashed) + index * GOLDEN) & MASK)


def normal(seed: int) -> float:
    """By Box and Muller (1958), from the first two draws of the stream that the seed starts."""
    first, second = (((mix((seed + step * GOLDEN) & MASK) >> 11) + 0.5) * 2.0**-53 for step in (1, 2))
    return math.sqrt(-2 * math.log(first)) * math.cos(2 * math.pi * second)


def start_noise(seed: int, size: int) -> np.ndarray:
    return np.array([normal(seed_of(seed, "start-noise", index)) for index in range(size)], np.float32)


def image() -> np.ndarray:
    """8-bit values, smooth and of every channel its own."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    planes = [0.5 + 0.4 * np.sin(3 * rows + 2 * columns + phase) * np.cos(4 * columns - phase) for phase in (0, 1, 2)]
    return np.round(255 * np.stack(planes)).astype(np.float32) / np.float32(255)


def main() -> None:
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    torch.set_num_threads(1)
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "src/test/resources/editors/random-sd"
    export_pipeline(random_pipeline(), directory, half=True, origin="random weights", force=True)
    pipeline = random_pipeline()
    from diffusers import DDIMScheduler  # only now: random_pipeline makes it importable

    for part in (pipeline.text_encoder, pipeline.unet, pipeline.vae):
        part.half().float()  # the bundle's weights are rounded, too

    pipeline.set_progress_bar_config(disable=True)
    given = image()
    given.astype("<f4").tofile(directory / "image.f32")
    noise = torch.from_numpy(start_noise(SEED, 4 * 8 * 8)).view(1, 4, 8, 8)
    base = pipeline.scheduler.config
    told = []
    for index, (text, kept, prediction, spacing, clip) in enumerate(SETTINGS):
        pipeline.scheduler = DDIMScheduler.from_config(
            base, prediction_type=prediction, timestep_spacing=spacing, clip_sample=clip is not None,
            clip_sample_range=clip or 1.0,
        )  # fmt: skip
        picture = pipeline(
            INSTRUCTION, image=torch.from_numpy(given)[None], num_inference_steps=STEPS, guidance_scale=text,
            image_guidance_scale=kept, latents=noise, output_type="pt",
        ).images[0]  # fmt: skip
        picture.numpy().astype("<f4").tofile(directory / f"painting-{index}.f32")
        told.append(
            {
                "textGuidance": text,
                "imageGuidance": kept,
                "prediction": "v" if prediction == "v_prediction" else prediction,
                "spacing": spacing,
                "clipRange": clip,
            }
        )
        print(f"painting {index}: mean {picture.mean():.4f}, deviation {picture.std():.4f}")

    asked = {"seed": SEED, "steps": STEPS, "instruction": INSTRUCTION, "paintings": told}
    (directory / "paintings.json").write_text(json.dumps(asked, indent=1) + "\n", encoding="utf-8")
    wanted = {"padding": "max_length", "truncation": True, "max_length": 77}
    ids = [
        {"sentence": sentence, "ids": pipeline.tokenizer([sentence], **wanted)["input_ids"][0]} for sentence in SENTENCES
    ]
    (directory / "tokens.json").write_text(json.dumps(ids) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
