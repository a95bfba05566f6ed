"""Tests of submit/export_editor.py."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "submit"))

from export_editor import (  # noqa: E402
    LEARNT_FROM,
    Modules,
    Schedule,
    Tokens,
    _accept_any_torchvision,
    _clip_like_tokenizer,
    _ids,
    _merges,
    _tokenizer_json,
    export,
    schedule_of,
)
from export_model import ExportError  # noqa: E402

torch.set_num_threads(1)


class Words(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(1000, 6)

    def forward(self, ids):
        return self.words(ids)


class Unet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Conv2d(4, 2, 1)
        self.text = nn.Linear(6, 2)

    def forward(self, latents, timesteps, text):
        return self.mix(latents) + self.text(text.mean(1))[:, :, None, None] * timesteps.float().view(-1, 1, 1, 1) / 1000


def modules() -> Modules:
    torch.manual_seed(3)
    return Modules(Words(), Unet(), nn.Conv2d(3, 2, 4, 4), nn.ConvTranspose2d(2, 3, 4, 4))


class EditorTest(unittest.TestCase):
    def setUp(self) -> None:
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        _accept_any_torchvision()
        tokenizer = _clip_like_tokenizer()
        self.tokens = Tokens(_tokenizer_json(tokenizer), 12, tokenizer.pad_token_id)

    def write(self, parts: Modules, **changed):
        wanted = {"size": (16, 24), "latent": (2, 4, 6), "tokens": self.tokens, "schedule": Schedule(), "quiet": True}
        return export(parts, self.folder / "editor", **{**wanted, **changed})

    def test_the_conf_states_every_file(self) -> None:
        bundle = self.write(modules(), origin="a test")
        conf = (bundle / "editor.conf").read_text(encoding="utf-8")
        self.assertIn("# Made by submit/export_editor.py from a test.", conf)
        self.assertIn("image { width = 24, height = 16 }", conf)
        for name in ("text-encoder.pt", "unet.pt", "vae-encoder.pt", "vae-decoder.pt", "tokenizer.json"):
            digest = hashlib.sha256((bundle / name).read_bytes()).hexdigest()
            self.assertRegex(conf, rf'{name.rpartition(".")[0]} = "{digest}"')

    def test_narrow_weights_are_half_as_large_and_answer_as_the_rounded_module(self) -> None:
        parts = modules()
        bundle = self.write(parts, half=True)
        part = torch.jit.load(str(bundle / "vae-encoder.pt"))
        self.assertEqual({tensor.dtype for tensor in part.buffers()}, {torch.float16})
        images = torch.rand(2, 3, 16, 24)
        self.assertTrue(torch.equal(part(images), parts.vae_encoder(images)))
        self.assertEqual(part(images).dtype, torch.float32)

    def test_no_path_of_the_machine_is_in_the_files(self) -> None:
        bundle = self.write(modules())
        for file in bundle.glob("*.pt"):
            self.assertNotIn(str(Path(__file__).resolve().parents[3]).encode(), file.read_bytes())

    def test_a_part_of_the_wrong_shape_is_refused_and_nothing_is_left(self) -> None:
        parts = modules()
        wrong = Modules(parts.text_encoder, parts.unet, parts.vae_encoder, nn.ConvTranspose2d(2, 3, 2, 2))
        with self.assertRaisesRegex(ExportError, "The vae-decoder answers with 1 x 3 x 8 x 12, not 1 x 3 x 16 x 24"):
            self.write(wrong)

        self.assertEqual(list(self.folder.iterdir()), [])

    def test_what_depends_on_the_batch_it_was_traced_with_is_refused(self) -> None:
        class Counting(nn.Module):
            def forward(self, images):
                return images[:, :2, ::4, ::4] + float(len(images))

        parts = modules()
        with self.assertRaisesRegex(ExportError, "vae-encoder.pt does not answer as its module does"):
            self.write(Modules(parts.text_encoder, parts.unet, Counting(), parts.vae_decoder))

        self.assertEqual(list(self.folder.iterdir()), [])

    def test_other_ids_than_the_pipelines_are_refused(self) -> None:
        with self.assertRaisesRegex(ExportError, "tokenizer.json turns '' into other ids"):
            self.write(modules(), expected_ids=lambda sentence: [7] * 12)

    def test_an_existing_folder_is_kept(self) -> None:
        self.write(modules())
        with self.assertRaisesRegex(ExportError, "exists already; give --force"):
            self.write(modules())

    def test_ids_are_cut_before_the_end_mark_and_filled_up(self) -> None:
        end = self.tokens.pad
        self.assertEqual(_ids(self.tokens, "")[1:], [end] * 11)
        long = _ids(self.tokens, "make it red " * 30)
        self.assertEqual((len(long), long[-1]), (12, end))
        self.assertNotEqual(long[-2], end)

    def test_the_schedule_of_another_sampler_keeps_what_it_says_of_the_noise(self) -> None:
        euler = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012, "timestep_spacing": "linspace"}
        self.assertEqual(schedule_of(euler), Schedule())
        clipped = schedule_of({**euler, "clip_sample": True, "clip_sample_range": 2.0, "prediction_type": "v_prediction"})
        self.assertEqual((clipped.clip_range, clipped.prediction), (2.0, "v"))

    def test_a_schedule_that_no_bundle_can_say_is_refused(self) -> None:
        with self.assertRaisesRegex(ExportError, "squaredcos_cap_v2 betas"):
            schedule_of({"beta_schedule": "squaredcos_cap_v2"})

        with self.assertRaisesRegex(ExportError, "rescaled to a zero terminal signal"):
            schedule_of({"rescale_betas_zero_snr": True})

    def test_merges_join_the_most_frequent_pair_first(self) -> None:
        # "ab" occurs three times; then (ab, c) and (x, y) twice each, and "ab" comes first in the alphabet.
        merges = _merges("abc abc abd xy xy", 3)
        self.assertEqual(merges[0], ("a", "b"))
        self.assertEqual(merges[1:], [("ab", "c</w>"), ("x", "y</w>")])
        self.assertEqual(_merges(LEARNT_FROM, 20), _merges(LEARNT_FROM, 20))


if __name__ == "__main__":
    unittest.main()
