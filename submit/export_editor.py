#!/usr/bin/env python3
"""Export an instruction-guided image-to-image model as the bundle of a diffusion editor.

The bundle is a folder with `editor.conf`, `tokenizer.json` (Hugging Face tokenizers) and four TorchScript modules:

    text-encoder.pt   (ids N x L int64) -> N x L x D
    unet.pt           (latents beside image latents N x 2C x h x w, timesteps N int64, text N x L x D) -> N x C x h x w
    vae-encoder.pt    (images N x 3 x H x W on [-1, 1]) -> N x C x h x w, the mode, not scaled
    vae-decoder.pt    (latents N x C x h x w) -> images on [-1, 1]; the scaling factor is inside

Tapetum samples with its own deterministic DDIM, whatever sampler the pipeline comes with: of the pipeline's scheduler only
the noise schedule and the meaning of the prediction are taken.

`export` takes any four modules; the command line takes a StableDiffusionInstructPix2PixPipeline of diffusers.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from export_model import (
    ExportError,
    _freeze,
    _last_line,
    _quiet_tracing,
    _quoted,
    _save,
    _sha256,
    declare_detection_operators,
)

FORMAT = 1
TOLERANCE = 1e-4  # on what the parts answer, relative to the largest value where that is above one
BATCHES = (1, 3)  # the parts are traced with two rows
SENTENCES = ("", "make it red", "Darken the BACKGROUND, please!", "turn the naïve café into a snowy night " * 20)
BETAS = {"linear": "linear", "scaled_linear": "scaled-linear"}
PREDICTIONS = {"epsilon": "epsilon", "v_prediction": "v"}
SPACINGS = ("leading", "trailing")


@dataclass(frozen=True)
class Modules:
    """The four modules, with the signatures that a bundle's parts have."""

    text_encoder: nn.Module
    unet: nn.Module
    vae_encoder: nn.Module
    vae_decoder: nn.Module


@dataclass(frozen=True)
class Tokens:
    """A tokenizer as JSON that pads and cuts nothing itself; every instruction becomes `length` ids, filled up with `pad`."""

    tokenizer: str
    length: int
    pad: int


@dataclass(frozen=True)
class Schedule:
    """How noise was added in training, and which timesteps sampling visits."""

    timesteps: int = 1000
    betas: str = "scaled-linear"  # linear | scaled-linear
    beta_start: float = 0.00085
    beta_end: float = 0.012
    prediction: str = "epsilon"  # epsilon | v
    spacing: str = "leading"  # leading | trailing
    steps_offset: int = 1
    set_alpha_to_one: bool = False
    clip_range: float | None = None  # the predicted latents are cut off at plus and minus this

    def __post_init__(self) -> None:
        if self.betas not in BETAS.values() or self.prediction not in PREDICTIONS.values() or self.spacing not in SPACINGS:
            raise ExportError(
                f"A schedule has betas of {' or '.join(BETAS.values())}, a prediction of {' or '.join(PREDICTIONS.values())} "
                f"and a spacing that is {' or '.join(SPACINGS)}, not {self.betas}, {self.prediction} and {self.spacing}."
            )


def export(
    modules: Modules,
    directory: str | Path,
    *,
    size: tuple[int, int],
    latent: tuple[int, int, int],
    tokens: Tokens,
    schedule: Schedule,
    expected_ids: Callable[[str], list[int]] | None = None,
    half: bool = False,
    origin: str = "",
    force: bool = False,
    quiet: bool = False,
) -> Path:
    """Writes the bundle, checks every part against its module, and returns the folder.

    `size` is height and width of the images, `latent` channels, height and width of the latents. With `half`, weights are
    stored in 16 bits and widened whenever a part is called; the modules themselves are rounded so, too. With `expected_ids`
    the tokenizer is compared with that function. The modules are put into evaluation mode and their parameters become
    buffers: do not go on training them. Raises ExportError, and leaves nothing behind, when a part does not answer as its
    module does.
    """
    target = Path(directory)
    if target.exists() and not force:
        raise ExportError(f"'{target}' exists already; give --force to replace it.")

    _check_tokens(tokens, expected_ids)
    for module in vars(modules).values():
        if half:
            module.half().float()

        _freeze(module)

    with torch.no_grad(), _quiet_tracing():
        inputs = {batch: _inputs(modules, size, latent, tokens, batch) for batch in (*BATCHES, 2)}

    target.parent.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, module in vars(modules).items():
            path = workplace / f"{name.replace('_', '-')}.pt"
            with torch.no_grad(), _quiet_tracing():
                stored = _Narrow(module) if half else module
                traced = torch.jit.trace(stored, inputs[2][name], check_trace=False)
                _save(traced, path)
                difference = max(_difference(path, module, inputs[batch][name]) for batch in BATCHES)

            if not quiet:
                print(f"{path.name:<16} {path.stat().st_size:>13,} bytes, off by {difference:.1e}")

            if not difference <= TOLERANCE:
                raise ExportError(
                    f"{path.name} does not answer as its module does (off by {difference:.3g}); nothing was written. "
                    "A forward that branches on the data must be given as a scripted module."
                )

        (workplace / "tokenizer.json").write_text(tokens.tokenizer, encoding="utf-8")
        _write_conf(workplace, size, latent, tokens, schedule, origin)
        workplace.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)

        workplace.rename(target)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)

    return target


class _Narrow(nn.Module):
    """A frozen module whose weights lie in 16 bits and are widened for every call."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self._module = [module]  # in a list, so that its own wide weights are no part of what is traced
        self._places = [(part, name) for part in module.modules() for name in part._buffers if part._buffers[name] is not None]
        for index, (part, name) in enumerate(self._places):
            tensor = part._buffers[name]
            self.register_buffer(f"weight_{index}", tensor.half() if tensor.is_floating_point() else tensor)

    def forward(self, *inputs: Tensor) -> Tensor:
        wide = [part._buffers[name] for part, name in self._places]
        try:
            for index, (part, name) in enumerate(self._places):
                tensor = getattr(self, f"weight_{index}")
                part._buffers[name] = tensor.float() if tensor.is_floating_point() else tensor

            return self._module[0](*inputs)
        finally:
            for (part, name), tensor in zip(self._places, wide):
                part._buffers[name] = tensor


def _inputs(
    modules: Modules, size: tuple[int, int], latent: tuple[int, int, int], tokens: Tokens, batch: int
) -> dict[str, tuple[Tensor, ...]]:
    """Something that every part takes."""
    generator = torch.Generator().manual_seed(batch)
    channels, height, width = latent
    images = 2 * torch.rand(batch, 3, *size, generator=generator) - 1
    pair = torch.randn(batch, 2 * channels, height, width, generator=generator)
    ids = torch.tensor([_ids(tokens, SENTENCES[index % len(SENTENCES)]) for index in range(batch)])
    timesteps = torch.randint(0, 1000, (batch,), generator=generator)
    given = {
        "text_encoder": (ids,),
        "unet": (pair, timesteps, modules.text_encoder(ids)),
        "vae_encoder": (images,),
        "vae_decoder": (torch.randn(batch, channels, height, width, generator=generator),),
    }
    shapes = {
        "text_encoder": (batch, tokens.length, None),
        "unet": (batch, *latent),
        "vae_encoder": (batch, *latent),
        "vae_decoder": (batch, 3, *size),
    }
    for name, shape in shapes.items():
        answer = tuple(getattr(modules, name)(*given[name]).shape)
        if len(answer) != len(shape) or any(wanted not in (None, got) for wanted, got in zip(shape, answer)):
            wanted = " x ".join("D" if each is None else str(each) for each in shape)
            raise ExportError(f"The {name.replace('_', '-')} answers with {' x '.join(map(str, answer))}, not {wanted}.")

    return given


def _difference(path: Path, module: nn.Module, inputs: tuple[Tensor, ...]) -> float:
    """How far the part, loaded anew, is from its module."""
    part = torch.jit.load(str(path), map_location="cpu").eval()
    expected = module(*inputs)
    try:
        with torch.jit.optimized_execution(False):  # as Tapetum runs it
            actual = part(*inputs)
    except RuntimeError as failure:
        raise ExportError(
            f"{path.name} fails on another batch size than it was traced with: {_last_line(failure)}"
        ) from None

    if expected.shape != actual.shape:
        return float("inf")

    return float((expected - actual).abs().max()) / max(1.0, float(expected.abs().max()))


def _ids(tokens: Tokens, sentence: str) -> list[int]:
    """The ids of a sentence as Tapetum makes them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(tokens.tokenizer)
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens.length)
    ids = tokenizer.encode(sentence).ids
    return ids + [tokens.pad] * (tokens.length - len(ids))


def _check_tokens(tokens: Tokens, expected: Callable[[str], list[int]] | None) -> None:
    for sentence in SENTENCES:
        ids = _ids(tokens, sentence)
        if expected is not None and ids != list(expected(sentence)):
            raise ExportError(f"tokenizer.json turns '{sentence[:40]}' into other ids than the pipeline's tokenizer.")


def _write_conf(
    directory: Path,
    size: tuple[int, int],
    latent: tuple[int, int, int],
    tokens: Tokens,
    schedule: Schedule,
    origin: str,
) -> None:
    clip = "null" if schedule.clip_range is None else schedule.clip_range
    names = ("text-encoder.pt", "unet.pt", "vae-encoder.pt", "vae-decoder.pt", "tokenizer.json")
    lines = [
        f"# Made by submit/export_editor.py{' from ' + origin if origin else ''}.",
        f"format = {FORMAT}",
        f"image {{ width = {size[1]}, height = {size[0]} }}",
        f"latent {{ channels = {latent[0]}, height = {latent[1]}, width = {latent[2]} }}",
        f"tokens {{ length = {tokens.length}, pad = {tokens.pad} }}",
        f"schedule {{ timesteps = {schedule.timesteps}, betas = {schedule.betas}, beta-start = {schedule.beta_start}, "
        f"beta-end = {schedule.beta_end}",
        f"           prediction = {schedule.prediction}, spacing = {schedule.spacing}, "
        f"steps-offset = {schedule.steps_offset}, "
        f"set-alpha-to-one = {str(schedule.set_alpha_to_one).lower()}, clip-range = {clip} }}",
        "sha256 {",
        *(f'  {_quoted(name.rpartition(".")[0])} = "{_sha256(directory / name)}"' for name in names),
        "}",
    ]
    (directory / "editor.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------------------------ pipelines of diffusers


class _TextEncoder(nn.Module):
    def __init__(self, inside: nn.Module) -> None:
        super().__init__()
        self.inside = inside

    def forward(self, ids: Tensor) -> Tensor:
        return self.inside(ids)[0]


class _Unet(nn.Module):
    def __init__(self, inside: nn.Module) -> None:
        super().__init__()
        self.inside = inside

    def forward(self, latents: Tensor, timesteps: Tensor, text: Tensor) -> Tensor:
        return self.inside(latents, timesteps, encoder_hidden_states=text, return_dict=False)[0]


class _VaeEncoder(nn.Module):
    """Only the half that encodes: what a module holds, its file holds."""

    def __init__(self, vae: nn.Module) -> None:
        super().__init__()
        self.encoder = vae.encoder
        self.moments = vae.quant_conv or nn.Identity()

    def forward(self, images: Tensor) -> Tensor:
        return self.moments(self.encoder(images)).chunk(2, 1)[0]


class _VaeDecoder(nn.Module):
    def __init__(self, vae: nn.Module) -> None:
        super().__init__()
        self.decoder = vae.decoder
        self.enter = vae.post_quant_conv or nn.Identity()
        self.scaling = float(vae.config.scaling_factor)
        self.shift = float(getattr(vae.config, "shift_factor", None) or 0)

    def forward(self, latents: Tensor) -> Tensor:
        return self.decoder(self.enter(latents / self.scaling + self.shift)).clamp(-1, 1)


def export_pipeline(
    pipeline,
    directory: str | Path,
    *,
    size: tuple[int, int] | None = None,
    half: bool = False,
    origin: str = "",
    force: bool = False,
    quiet: bool = False,
) -> Path:
    """Exports a StableDiffusionInstructPix2PixPipeline; without `size`, for images of the size that its U-Net was made for."""
    unet, vae = pipeline.unet, pipeline.vae
    channels = vae.config.latent_channels
    if unet.config.in_channels != 2 * channels:
        raise ExportError(
            f"The U-Net takes {unet.config.in_channels} channels, not the {2 * channels} of latents beside image latents: "
            "it is no InstructPix2Pix model."
        )

    factor = 2 ** (len(vae.config.block_out_channels) - 1)
    height, width = size or (unet.config.sample_size * factor,) * 2
    if height % factor or width % factor:
        raise ExportError(f"The image size must be a multiple of {factor}, not {width}x{height}.")

    length = pipeline.tokenizer.model_max_length
    limit = getattr(pipeline.text_encoder.config, "max_position_embeddings", length)
    tokens = Tokens(_tokenizer_json(pipeline.tokenizer), min(length, limit), pipeline.tokenizer.pad_token_id)

    def expected_ids(sentence: str) -> list[int]:
        wanted = {"padding": "max_length", "truncation": True, "max_length": tokens.length}
        return pipeline.tokenizer([sentence], **wanted)["input_ids"][0]

    # Attention written out in matrix products: a fused kernel may be chosen by the machine that traces.
    for part in (unet, vae):
        part.set_attn_processor(_plain_attention())

    pipeline.text_encoder.config._attn_implementation = "eager"
    modules = Modules(_TextEncoder(pipeline.text_encoder), _Unet(unet), _VaeEncoder(vae), _VaeDecoder(vae))
    return export(
        modules,
        directory,
        size=(height, width),
        latent=(channels, height // factor, width // factor),
        tokens=tokens,
        schedule=schedule_of(pipeline.scheduler.config),
        expected_ids=expected_ids,
        half=half,
        origin=origin,
        force=force,
        quiet=quiet,
    )


def _plain_attention():
    from diffusers.models.attention_processor import AttnProcessor

    return AttnProcessor()


def _tokenizer_json(tokenizer) -> str:
    backend = getattr(tokenizer, "backend_tokenizer", None) or getattr(tokenizer, "_tokenizer", None)
    if backend is None:
        from transformers.convert_slow_tokenizer import convert_slow_tokenizer

        backend = convert_slow_tokenizer(tokenizer)

    from tokenizers import Tokenizer

    plain = Tokenizer.from_str(backend.to_str())  # a copy: the pipeline's own goes on padding
    plain.no_padding()
    plain.no_truncation()
    return plain.to_str()


def schedule_of(config) -> Schedule:
    """The schedule in a scheduler's configuration; what a sampler other than DDIM does not say is as Stable Diffusion has it."""
    refused = {
        "trained_betas": "betas of its own",
        "rescale_betas_zero_snr": "betas rescaled to a zero terminal signal",
        "thresholding": "dynamic thresholding",
    }
    for key, what in refused.items():
        if config.get(key):
            raise ExportError(f"The scheduler has {what} ({key}), which a bundle cannot say.")

    betas, prediction = config.get("beta_schedule", "linear"), config.get("prediction_type", "epsilon")
    if betas not in BETAS or prediction not in PREDICTIONS:
        raise ExportError(
            f"The scheduler has {betas} betas and predicts {prediction}; a bundle can say {' and '.join(BETAS)} betas, "
            f"and predictions of {' and '.join(PREDICTIONS)}."
        )

    spacing = config.get("timestep_spacing", "leading")
    return Schedule(
        config.get("num_train_timesteps", 1000),
        BETAS[betas],
        config.get("beta_start", 0.0001),
        config.get("beta_end", 0.02),
        PREDICTIONS[prediction],
        spacing if spacing in SPACINGS else "leading",
        config.get("steps_offset", 1),
        bool(config.get("set_alpha_to_one", False)),
        float(config.get("clip_sample_range", 1.0)) if config.get("clip_sample", False) else None,
    )


def _accept_any_torchvision() -> None:
    """Lets transformers be imported beside a torchvision that was built for another torch; no editor needs it."""
    try:
        import torchvision  # noqa: F401
    except ImportError:
        return
    except RuntimeError:
        declare_detection_operators()


def random_pipeline(seed: int = 0):
    """A pipeline with the parts, blocks and layers of Stable Diffusion 1.5 at reduced width, its weights drawn at random."""
    _accept_any_torchvision()
    from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionInstructPix2PixPipeline, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(seed)
    tokenizer = _clip_like_tokenizer()
    text_encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
            max_position_embeddings=77, projection_dim=32, hidden_act="quick_gelu",
            bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
        )
    )  # fmt: skip
    # Widths and their sums are multiples of 16: convolutions of libtorch 2.7.1 are wrong for others on CPUs with AVX-512.
    unet = UNet2DConditionModel(
        sample_size=8, in_channels=8, out_channels=4, block_out_channels=(16, 16, 16, 16), norm_num_groups=4,
        layers_per_block=2, cross_attention_dim=32, attention_head_dim=4,
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
    )  # fmt: skip
    vae = AutoencoderKL(
        sample_size=64, block_out_channels=(8, 8, 16, 16), layers_per_block=2, norm_num_groups=4, latent_channels=4,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip
    scheduler = DDIMScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False, set_alpha_to_one=False,
        steps_offset=1, prediction_type="epsilon", timestep_spacing="leading",
    )  # fmt: skip
    return StableDiffusionInstructPix2PixPipeline(
        vae, text_encoder, tokenizer, unet, scheduler, None, None, None, requires_safety_checker=False
    )


LEARNT_FROM = """make it red, make it blue, make the picture brighter and darken the background
turn the day into night, add snow to the street, let the leaves fall
what would it look like if it were a painting in oil, a drawing in chalk, a photograph?"""


def _merges(text: str, count: int) -> list[tuple[str, str]]:
    """The most frequent pairs of pieces within words, one after the other; among equals the first in the alphabet.

    The trainer of the tokenizers library settles ties differently in every run.
    """
    words = [[*word[:-1], word[-1] + "</w>"] for word in re.findall(r"[a-z]+|[^\sa-z]+", text)]
    merges = []
    while len(merges) < count:
        pairs = Counter(pair for word in words for pair in zip(word, word[1:]))
        if not pairs:
            break

        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for word in words:
            for at in range(len(word) - 2, -1, -1):
                if (word[at], word[at + 1]) == best:
                    word[at : at + 2] = ["".join(best)]

    return merges


def _clip_like_tokenizer():
    """Lower-cased byte pairs with an end-of-word mark, in CLIP's way, learnt from a few sentences."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    start, end = "<|startoftext|>", "<|endoftext|>"
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = _merges(LEARNT_FROM, 150)
    pieces = [start, end, *alphabet, *(letter + "</w>" for letter in alphabet), *map("".join, merges)]
    vocabulary = {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}
    made = Tokenizer(
        models.BPE(vocabulary, merges, unk_token=end, end_of_word_suffix="</w>", continuing_subword_prefix="")
    )
    made.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    words = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(words), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens([start, end])
    made.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}", special_tokens=[(start, vocabulary[start]), (end, vocabulary[end])]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token=start, eos_token=end, unk_token=end, pad_token=end, model_max_length=77
    )


# ----------------------------------------------------------------------------------------------------- command line

EXAMPLES = """examples:
  export_editor.py --pipeline timbrooks/instruct-pix2pix editors/pix2pix
  export_editor.py --pipeline ./my-editor --size 256x256 --half editors/mine
  export_editor.py --random editors/random

Then a plan can say { editor = diffusion, path = "editors/pix2pix", instruction = "make it snow" }."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Export an instruction-guided image-to-image model as the bundle of a diffusion editor, and check the "
        "bundle against the model.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("directory", type=Path, help="where the bundle goes (must not exist, unless --force)")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--pipeline", metavar="NAME", help="a folder, or a name on the hub, of an InstructPix2Pix pipeline")
    source.add_argument("--random", action="store_true", help="a small model with random weights, to try things out")
    parser.add_argument("--seed", type=int, default=0, help="of the random weights (default: %(default)s)")
    parser.add_argument("--size", metavar="WxH", help="image size in pixels (default: the one that the U-Net was made for)")
    parser.add_argument("--half", action="store_true", help="store weights in 16 bits; they are computed with in 32")
    parser.add_argument("--force", action="store_true", help="replace an existing bundle")
    return parser


def _loaded(name: str):
    _accept_any_torchvision()
    try:
        from diffusers import StableDiffusionInstructPix2PixPipeline
    except ImportError as failure:
        raise ExportError(f"Python package 'diffusers' cannot be imported here: {_last_line(failure)}.") from None

    try:
        return StableDiffusionInstructPix2PixPipeline.from_pretrained(
            name, torch_dtype=torch.float32, safety_checker=None, requires_safety_checker=False
        )
    except (OSError, ValueError, TypeError) as failure:
        raise ExportError(f"'{name}' cannot be loaded as an InstructPix2Pix pipeline: {_last_line(failure)}") from None


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None

    width, _, height = text.partition("x")
    if not (width.isdecimal() and (height or width).isdecimal()):
        raise ExportError(f"--size needs WIDTHxHEIGHT in pixels, not '{text}'.")

    return int(height or width), int(width)


def run(arguments: argparse.Namespace) -> None:
    size = _size(arguments.size)
    pipeline = random_pipeline(arguments.seed) if arguments.random else _loaded(arguments.pipeline)
    origin = f"random weights, seed {arguments.seed}" if arguments.random else arguments.pipeline
    export_pipeline(
        pipeline, arguments.directory, size=size, half=arguments.half, origin=origin, force=arguments.force
    )


def main() -> int:
    warnings.filterwarnings("ignore", category=DeprecationWarning)  # torch.jit, which is the format of a bundle
    try:
        run(_parser().parse_args())
    except ExportError as failure:
        print(f"export_editor.py: {failure}", file=sys.stderr)
        return 2

    return 0


if __name__ == "__main__":
    sys.exit(main())
