#!/usr/bin/env python3
"""Make the fixtures that hold Tapetum's corruptions against NumPy, SciPy, scikit-image and Pillow.

    python src/test/python/make_corruption_fixtures.py      (about ten minutes)

Every corruption of ImageNet-C (Hendrycks and Dietterich 2019) is computed here a second time, for images of 224x224 pixels, with
the libraries that its authors name, or with NumPy where that library is OpenCV (disc, affine map) or ImageMagick (motion blur).
Their 8-bit steps in the middle of a corruption are kept, since they are what ours leave out. Written are

    src/test/resources/corruption/IMAGE.png        the inputs: scene, zones, blocks
    src/test/resources/corruption/pixels/KIND.png  of the corruptions without chance, of scene: 32x32 sampled pixels per severity,
                                                   one severity below the other; for motion-blur at the angle ANGLE
    src/test/resources/corruption/expected.csv     mean and variance per channel, and the power spectrum in eight bands: the mean
                                                   over draws, and the standard deviation over draws

Frost is the one that is not the authors': their photographs cannot be shipped. Its field is made here by shaping white noise in
the frequency domain to the photographs' measured spectrum, while the Java code adds up octaves of gradient noise.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage import color, filters, util

ROOT = Path(__file__).resolve().parent.parent / "resources" / "corruption"
SIZE = 224
WINDOW = 128
BANDS = 8
FEW_DRAWS, MANY_DRAWS = 24, 96
ANGLE = -27.3
SAMPLES = np.round(np.arange(32) * (SIZE - 1) / 31).astype(int)


def scene() -> np.ndarray:
    """Smooth colours, a white disc and a black bar, and a grating whose wavelength falls from 20 pixels to 3."""
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(float)
    red = 0.15 + 0.7 * x / SIZE
    green = 0.2 + 0.6 * y / SIZE
    blue = 0.5 + 0.3 * np.sin(x / 40) * np.cos(y / 25)
    image = np.stack([red, green, blue], axis=2)
    image[(x - 80) ** 2 + (y - 70) ** 2 < 38**2] = 1
    image[150:165, 20:140] = 0
    image[40:110, 140:200] = [0.7, 0.25, 0.1]
    phase = np.cumsum(2 * np.pi / np.linspace(20, 3, 90))
    image[125:210, 120:210] = (0.5 + 0.4 * np.sin(phase))[None, :, None] * np.array([1, 0.9, 0.6])
    return image


def zones() -> np.ndarray:
    """A zone plate: every direction and every wavelength down to 2.5 pixels, in a mild colour."""
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(float) - (SIZE - 1) / 2
    wave = 0.5 + 0.35 * np.cos(2 * np.pi * (x**2 + y**2) / (2 * 2.5 * SIZE / 2))
    wave = np.round(wave * 15) / 15
    return np.stack([wave, 0.9 * wave, 0.1 + 0.8 * wave], axis=2)


def blocks() -> np.ndarray:
    """Blocks of four pixels in random colours of few levels: hard edges everywhere."""
    rng = np.random.default_rng(5)
    small = rng.integers(0, 6, (SIZE // 4, SIZE // 4, 3)) / 5
    return np.repeat(np.repeat(small, 4, axis=0), 4, axis=1)


# ---- the corruptions; x is SIZE x SIZE x 3 on [0, 1], of 8-bit values


def clip(x: np.ndarray) -> np.ndarray:
    return np.clip(x, 0, 1)


def gaussian_noise(x, c, rng):
    return clip(x + rng.normal(0, c, x.shape))


def shot_noise(x, c, rng):
    return clip(rng.poisson(x * c) / c)


def impulse_noise(x, c, rng):
    return clip(util.random_noise(x, mode="s&p", amount=c, rng=rng))


def gaussian_weights(sigma: float, half: int) -> np.ndarray:
    i = np.arange(-half, half + 1)
    w = np.exp(-(i**2) / (2 * sigma**2))
    return w / w.sum()


def defocus_blur(x, c, rng):
    radius, alias = c
    half, small = (8, 1) if radius <= 8 else (radius, 2)
    j, i = np.mgrid[-half : half + 1, -half : half + 1]
    disc = (i**2 + j**2 <= radius**2).astype(float)
    disc /= disc.sum()
    w = gaussian_weights(alias, small)
    disc = ndimage.correlate1d(ndimage.correlate1d(disc, w, axis=0, mode="mirror"), w, axis=1, mode="mirror")
    return clip(np.stack([ndimage.correlate(x[..., k], disc, mode="mirror") for k in range(3)], axis=2))


def glass_blur(x, c, rng):
    sigma, delta, iterations = c
    x = (filters.gaussian(x, sigma=sigma, channel_axis=-1) * 255).astype(np.uint8)
    taken = list(range(SIZE * SIZE))
    for _ in range(iterations):
        offsets = rng.integers(-delta, delta, (SIZE, SIZE, 2)).tolist()
        for h in range(SIZE - delta, delta, -1):
            for w in range(SIZE - delta, delta, -1):
                dx, dy = offsets[h - 1][w - 1]
                taken[h * SIZE + w] = taken[(h + dy) * SIZE + w + dx]
    x = x.reshape(-1, 3)[np.array(taken)].reshape(x.shape)
    return clip(filters.gaussian(x / 255.0, sigma=sigma, channel_axis=-1))


def motion(plane: np.ndarray, radius: float, sigma: float, degrees: float) -> np.ndarray:
    """ImageMagick's motion blur of one plane, as the documentation and source of MotionBlurImage describe it."""
    steps = np.arange(2 * int(np.ceil(radius)) + 1)
    weights = np.exp(-(steps**2) / (2 * sigma**2))
    weights /= weights.sum()
    across = np.ceil(steps * np.cos(np.radians(degrees)) - 0.5).astype(int)
    down = np.ceil(steps * np.sin(np.radians(degrees)) - 0.5).astype(int)
    y, x = np.mgrid[0 : plane.shape[0], 0 : plane.shape[1]]
    out = np.zeros(plane.shape)
    for weight, dx, dy in zip(weights, across, down):
        out += weight * plane[np.clip(y + dy, 0, plane.shape[0] - 1), np.clip(x + dx, 0, plane.shape[1] - 1)]
    return out


def motion_blur(x, c, rng, degrees=None):
    angle = rng.uniform(-45, 45) if degrees is None else degrees
    return clip(np.stack([motion(x[..., k], *c, angle) for k in range(3)], axis=2))


def clipped_zoom(x: np.ndarray, factor: float) -> np.ndarray:
    n = x.shape[0]
    kept = int(np.ceil(n / factor))
    top = (n - kept) // 2
    large = ndimage.zoom(x[top : top + kept, top : top + kept], (factor, factor, 1), order=1)
    trim = (large.shape[0] - n) // 2
    return large[trim : trim + n, trim : trim + n]


def zoom_blur(x, c, rng):
    factors = np.arange(1, *c)
    return clip((x + sum(clipped_zoom(x, f) for f in factors)) / (len(factors) + 1))


def snow(x, c, rng):
    mean, sd, zoom, threshold, radius, sigma, mix = c
    layer = clipped_zoom(rng.normal(mean, sd, (SIZE, SIZE))[..., None], zoom)[..., 0]
    layer[layer < threshold] = 0
    layer = (clip(layer) * 255).astype(np.uint8).astype(float)
    layer = np.round(motion(layer, radius, sigma, rng.uniform(-135, -45))) / 255
    grey = (x @ [0.299, 0.587, 0.114])[..., None]
    x = mix * x + (1 - mix) * np.maximum(x, 1.5 * grey + 0.5)
    return clip(x + layer[..., None] + np.rot90(layer, 2)[..., None])


# Measured on 60 random crops of 224x224 pixels of each of the photographs frost1 ... frost5: the mean colour, the standard
# deviation of each channel within a crop, and the share of the variance of the channels' mean in half octaves of frequency from
# 1/256 cycle per pixel to 1/2 and above, averaged over the photographs.
FROST_MEANS = [[0.305, 0.583, 0.647], [0.774, 0.791, 0.828], [0.775, 0.792, 0.828], [0.567, 0.625, 0.675], [0.398, 0.443, 0.489]]
FROST_SDS = [[0.095, 0.056, 0.052], [0.076, 0.079, 0.081], [0.077, 0.079, 0.082], [0.102, 0.102, 0.107], [0.149, 0.147, 0.143]]
FROST_SHARES = [0.1926, 0.0240, 0.0562, 0.0377, 0.0391, 0.0539, 0.0495, 0.0609, 0.0650, 0.0675, 0.0790, 0.0927, 0.0980, 0.0710, 0.0128]


def frost_field(rng) -> np.ndarray:
    """White noise, shaped so that each half octave of frequency has the photographs' share of the variance."""
    f = np.fft.fft2(rng.normal(size=(SIZE, SIZE)))
    r = np.hypot(np.fft.fftfreq(SIZE)[:, None], np.fft.fftfreq(SIZE)[None, :])
    gain = np.zeros(r.shape)
    edges = [*2.0 ** np.arange(-8, -0.9, 0.5), 1]
    for low, high, share in zip(edges, edges[1:], FROST_SHARES):
        inside = (r > low) & (r <= high)
        gain[inside] = np.sqrt(share / inside.sum())
    return np.fft.ifft2(f * gain).real * SIZE


def frost(x, c, rng):
    photograph = rng.integers(5)
    field = frost_field(rng)[..., None]
    picture = clip(np.array(FROST_MEANS[photograph]) + np.array(FROST_SDS[photograph]) * field)
    return clip(c[0] * x + c[1] * picture)


def plasma(size: int, decay: float, rng) -> np.ndarray:
    """Diamond-square on a torus, one whole grid of middles after the other."""
    grid = np.zeros((1, 1))
    wibble = 100.0
    while grid.shape[0] < size:
        n = grid.shape[0]
        chance = lambda: rng.uniform(-(wibble**2), wibble**2, (n, n))
        right, down = np.roll(grid, -1, 1), np.roll(grid, -1, 0)
        middle = (grid + right + down + np.roll(right, -1, 0)) / 4 + chance()
        top = (grid + right + middle + np.roll(middle, 1, 0)) / 4 + chance()
        left = (grid + down + middle + np.roll(middle, 1, 1)) / 4 + chance()
        finer = np.empty((2 * n, 2 * n))
        finer[::2, ::2], finer[1::2, 1::2], finer[::2, 1::2], finer[1::2, ::2] = grid, middle, top, left
        grid = finer
        wibble /= decay
    grid -= grid.min()
    return grid / grid.max()


def fog(x, c, rng):
    cloud = plasma(256, c[1], rng)[:SIZE, :SIZE, None]
    return clip((x + c[0] * cloud) * x.max() / (x.max() + c[0]))


def brightness(x, c, rng):
    hsv = color.rgb2hsv(x)
    hsv[..., 2] = clip(hsv[..., 2] + c)
    return clip(color.hsv2rgb(hsv))


def contrast(x, c, rng):
    mean = x.mean(axis=(0, 1), keepdims=True)
    return clip((x - mean) * c + mean)


def elastic(x, c, rng):
    alpha, sigma, corners = (244 * value for value in c)
    middle, side = SIZE // 2, SIZE // 3
    before = np.array([[middle + side, middle + side], [middle + side, middle - side], [middle - side, middle - side]], float)
    after = before + rng.uniform(-corners, corners, before.shape)
    # The map takes (x, y, 1) to (x', y'); SciPy wants the way back, with rows before columns.
    forward = np.linalg.solve(np.c_[before, np.ones(3)], after).T
    back = np.linalg.inv(np.r_[forward, [[0, 0, 1]]])
    matrix, offset = back[[1, 0]][:, [1, 0]], back[[1, 0], 2]
    x = np.stack([ndimage.affine_transform(x[..., k], matrix, offset, order=1, mode="mirror") for k in range(3)], axis=2)
    dx, dy = (
        alpha * ndimage.gaussian_filter(rng.uniform(-1, 1, (SIZE, SIZE)), sigma, mode="reflect", truncate=3) for _ in range(2)
    )
    rows, columns = np.mgrid[0:SIZE, 0:SIZE].astype(float)
    places = [rows + dy, columns + dx]
    return clip(np.stack([ndimage.map_coordinates(x[..., k], places, order=1, mode="reflect") for k in range(3)], axis=2))


def eight_bit(x: np.ndarray) -> Image.Image:
    return Image.fromarray(np.round(clip(x) * 255).astype(np.uint8))


def pixelate(x, c, rng):
    small = eight_bit(x).resize((int(SIZE * c), int(SIZE * c)), Image.Resampling.BOX)
    return np.asarray(small.resize((SIZE, SIZE), Image.Resampling.BOX)) / 255


def jpeg(x, c, rng):
    file = io.BytesIO()
    eight_bit(x).save(file, "JPEG", quality=c)
    return np.asarray(Image.open(file)) / 255


KINDS = {
    "gaussian-noise": (gaussian_noise, [0.08, 0.12, 0.18, 0.26, 0.38]),
    "shot-noise": (shot_noise, [60, 25, 12, 5, 3]),
    "impulse-noise": (impulse_noise, [0.03, 0.06, 0.09, 0.17, 0.27]),
    "defocus-blur": (defocus_blur, [(3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5)]),
    "glass-blur": (glass_blur, [(0.7, 1, 2), (0.9, 2, 1), (1, 2, 3), (1.1, 3, 2), (1.5, 4, 2)]),
    "motion-blur": (motion_blur, [(10, 3), (15, 5), (15, 8), (15, 12), (20, 15)]),
    "zoom-blur": (zoom_blur, [(1.11, 0.01), (1.16, 0.01), (1.21, 0.02), (1.26, 0.02), (1.31, 0.03)]),
    "snow": (
        snow,
        [
            (0.1, 0.3, 3, 0.5, 10, 4, 0.8),
            (0.2, 0.3, 2, 0.5, 12, 4, 0.7),
            (0.55, 0.3, 4, 0.9, 12, 8, 0.7),
            (0.55, 0.3, 4.5, 0.85, 12, 8, 0.65),
            (0.55, 0.3, 2.5, 0.85, 12, 12, 0.55),
        ],
    ),
    "frost": (frost, [(1, 0.4), (0.8, 0.6), (0.7, 0.7), (0.65, 0.7), (0.6, 0.75)]),
    "fog": (fog, [(1.5, 2), (2, 2), (2.5, 1.7), (2.5, 1.5), (3, 1.4)]),
    "brightness": (brightness, [0.1, 0.2, 0.3, 0.4, 0.5]),
    "contrast": (contrast, [0.4, 0.3, 0.2, 0.1, 0.05]),
    "elastic": (elastic, [(2, 0.7, 0.1), (2, 0.08, 0.2), (0.05, 0.01, 0.02), (0.07, 0.01, 0.02), (0.12, 0.01, 0.02)]),
    "pixelate": (pixelate, [0.6, 0.5, 0.4, 0.3, 0.25]),
    "jpeg": (jpeg, [25, 18, 15, 10, 7]),
}
VARIED = ("motion-blur", "frost", "fog", "elastic")  # one draw differs much from another
CERTAIN = ("defocus-blur", "zoom-blur", "brightness", "contrast", "pixelate", "jpeg")


# ---- what is written


def statistics(x: np.ndarray) -> np.ndarray:
    """Means and variances of the channels; the power of the channels' mean in BANDS rings of frequency up to 1/2, in a window."""
    start = (SIZE - WINDOW) // 2
    grey = x.mean(axis=2)[start : start + WINDOW, start : start + WINDOW]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    power = np.abs(np.fft.fft2((grey - grey.mean()) * np.outer(hann, hann))) ** 2 / WINDOW**4
    f = np.fft.fftfreq(WINDOW)
    ring = np.ceil(np.hypot(f[:, None], f[None, :]) * 2 * BANDS).astype(int)
    spectrum = [power[ring == b].sum() for b in range(1, BANDS + 1)]
    return np.array([*x.mean(axis=(0, 1)), *x.var(axis=(0, 1)), *spectrum])


def main() -> None:
    (ROOT / "pixels").mkdir(parents=True, exist_ok=True)
    inputs = {}
    for make in (scene, zones, blocks):
        picture = eight_bit(make())
        picture.save(ROOT / f"{make.__name__}.png", optimize=True)
        inputs[make.__name__] = np.asarray(picture) / 255

    names = [f"{what}_{channel}" for what in ("mean", "variance") for channel in "rgb"]
    names += [f"band_{b}" for b in range(1, BANDS + 1)]
    lines = [",".join(["kind", "severity", "image", "draws", *names, *(f"sd_{name}" for name in names)])]
    for kind, (corrupt, parameters) in KINDS.items():
        for severity, c in enumerate(parameters, start=1):
            rng = np.random.default_rng([severity, *kind.encode()])
            draws = 1 if kind in CERTAIN else MANY_DRAWS if kind in VARIED else FEW_DRAWS
            for name, x in inputs.items():
                values = np.array([statistics(corrupt(x, c, rng)) for _ in range(draws)])
                sd = values.std(axis=0, ddof=1) if draws > 1 else np.zeros(values.shape[1])
                numbers = [f"{value:.5g}" for value in (*values.mean(axis=0), *sd)]
                lines.append(",".join([kind, str(severity), name, str(draws), *numbers]))
        print(kind, flush=True)
    (ROOT / "expected.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    for kind in (*CERTAIN, "motion-blur"):
        corrupt, parameters = KINDS[kind]
        extra = {"degrees": ANGLE} if kind == "motion-blur" else {}
        results = [corrupt(inputs["scene"], c, None, **extra)[np.ix_(SAMPLES, SAMPLES)] for c in parameters]
        eight_bit(np.concatenate(results)).save(ROOT / "pixels" / f"{kind}.png", optimize=True)


if __name__ == "__main__":
    main()
