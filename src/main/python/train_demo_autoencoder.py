#!/usr/bin/env python3
"""Train the sparse autoencoder of the demo's transformer with Tapetum itself, and put it into the resources.

The images come from the training split, as those of the model did, and none of them is in the demo. Its tap is the first one:
there the tag is in the patches alone, and the class token has not read it yet. Which feature is the tag's is for an audit
of training images to find; `DemoAutoencoder.CUE_FEATURE` names it, and a test asks whether the demo's images agree.

    ./mvnw -q package -DskipTests                    # the program that trains
    python src/main/python/train_demo_autoencoder.py # some ten minutes on two cores, most of them to render
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from pathlib import Path

from train_demo_models import ROOT, render

IMAGES = 6000
SEED = 11  # other images than those that the models learnt
MAX_BYTES = 2_000_000
RESOURCES = ROOT / "src/main/resources/dev/tapetum/demo"

PLAN = """
run {{ output = {output}, shard-images = 512 }}
dataset {{ manifest = {manifest}, label = label }}
model.path = {model}
sae.training {{
  tap = patches
  objectives = [ {{ objective = top-k, k = 4, expansion = 4, dead-after = 200000 }} ]
  batch = 2048, tokens = 2000000, learning-rate = 0.003, warm-up = 100
}}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=ROOT / "target/demo-autoencoder", help="where images, harvest and training go"
    )
    parser.add_argument("--out", type=Path, default=RESOURCES / "autoencoders/vit")
    arguments = parser.parse_args()

    data = arguments.data.absolute()
    render(data / "images", "train", IMAGES, SEED)
    shutil.rmtree(data / "out", ignore_errors=True)
    paths = {"output": data / "out", "manifest": data / "images/manifest.csv", "model": RESOURCES / "models/vit"}
    plan = data / "plan.conf"
    plan.write_text(PLAN.format(**{key: json.dumps(str(path)) for key, path in paths.items()}), encoding="utf-8")
    subprocess.run([ROOT / "submit/tapetum", "sae", "train", plan], check=True)

    [bundle] = (data / "out/sae").glob("*/sae.conf")
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in ("sae.conf", "sae.safetensors"):
        shutil.copyfile(bundle.parent / name, arguments.out / name)

    size = sum(file.stat().st_size for file in arguments.out.iterdir())
    if size > MAX_BYTES:
        raise SystemExit(f"{arguments.out} has {size:,} bytes, more than {MAX_BYTES:,}.")


if __name__ == "__main__":
    main()
