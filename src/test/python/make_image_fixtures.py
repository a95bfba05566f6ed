"""Writes the pictures of the tests of dev.tapetum.image, and beside each what Pillow makes of it.

    python make_image_fixtures.py        (Pillow and numpy; the committed files were made with Pillow 12)

src/test/resources/image/decode/NAME         an encoded picture
src/test/resources/image/decode/NAME.png     exif_transpose(open(NAME)).convert("RGB"), losslessly
src/test/resources/image/resize/CASE.png     the picture resize/source.png, resized as expected.csv says, or framed as its name says
src/test/resources/image/cut.csv             for every encoded picture, the shortest prefix that Pillow still decodes

The expected picture of 16-bit grey is its high byte: there we differ from Pillow on purpose.
"""

import io
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

ROOT = Path(__file__).resolve().parent.parent / "resources" / "image"
SMALL = {"optimize": True}
DECODE = ROOT / "decode"
RESIZE = ROOT / "resize"


def picture(width, height, seed=1):
    """Smooth colours, a hard edge, and a patch of noise: something for every part of a codec."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(float)
    red = 127 + 120 * np.sin(x / 5.0 + y / 11.0)
    green = 255 * y / max(1, height - 1)
    blue = np.where(x + y > (width + height) / 2, 230, 25)
    rgb = np.stack([red, green, blue], axis=2)
    rgb[: height // 4, : width // 4] = rng.integers(0, 256, (height // 4, width // 4, 3))
    return Image.fromarray(rgb.round().clip(0, 255).astype(np.uint8))


def encoded(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, **options)
    return buffer.getvalue()


def write(name, content, expected=None):
    (DECODE / name).write_bytes(content)
    if expected is None:
        expected = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    expected.save(DECODE / (name + ".png"), **SMALL)


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block


def alpha_of(image):
    width, height = image.size
    return Image.fromarray(np.tile(np.linspace(0, 255, width).astype(np.uint8), (height, 1)))


def without_segments(jpeg, markers):
    """The JPEG file without the application segments of these markers."""
    out, at = bytearray(jpeg[:2]), 2
    while jpeg[at + 1] != 0xDA:
        length = struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        if jpeg[at + 1] not in markers:
            out += jpeg[at : at + 2 + length]
        at += 2 + length
    return bytes(out + jpeg[at:])


def adobe_segment(transform):
    return b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([transform])


def jpegs():
    image = picture(61, 47)
    write("baseline-444.jpg", encoded(image, format="JPEG", quality=90, subsampling=0))
    write("baseline-422.jpg", encoded(image, format="JPEG", quality=90, subsampling=1))
    write("baseline-420.jpg", encoded(image, format="JPEG", quality=75, subsampling=2))
    write("progressive.jpg", encoded(image, format="JPEG", quality=80, progressive=True))
    write("restart-markers.jpg", encoded(image, format="JPEG", quality=80, restart_marker_blocks=3))
    write("grey.jpg", encoded(image.convert("L"), format="JPEG", quality=90))
    write("grey-progressive.jpg", encoded(image.convert("L"), format="JPEG", quality=90, progressive=True))
    write("one-pixel.jpg", encoded(image.crop((0, 0, 1, 1)), format="JPEG"))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    write("profile.jpg", encoded(image, format="JPEG", quality=90, icc_profile=profile))
    plain = encoded(image, format="JPEG", quality=90, subsampling=0)
    write("no-markers-444.jpg", without_segments(plain, {0xE0}))
    rgb = encoded(image, format="JPEG", quality=90, keep_rgb=True)
    write("rgb-by-adobe.jpg", rgb)
    write("rgb-by-component-ids.jpg", without_segments(rgb, {0xE0, 0xEE}))
    cmyk = encoded(image.convert("CMYK"), format="JPEG", quality=90)
    write("cmyk.jpg", cmyk)
    write("cmyk-no-adobe.jpg", without_segments(cmyk, {0xEE}))
    # The same components read as luminance, chrominance and black.
    bare = without_segments(cmyk, {0xEE})
    write("ycck.jpg", bare[:2] + adobe_segment(2) + bare[2:])
    write("trailing-garbage.jpg", plain + b"what a camera left behind" * 9)
    small = picture(23, 14)
    for orientation in range(1, 9):
        write(
            f"orientation-{orientation}.jpg",
            encoded(small, format="JPEG", quality=95, subsampling=0, exif=exif(orientation)),
        )
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    write("orientation-xmp.jpg", encoded(small, format="JPEG", quality=95, xmp=xmp))
    write("png-called.jpg", encoded(small, format="PNG"))


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def raw_png(width, height, bits, colour, rows, interlace=0, between=b""):
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlace)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + between
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


def adam7(samples):
    rows = bytearray()
    for left, top, dx, dy in [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
    ]:
        part = samples[top::dy, left::dx]
        if part.size:
            for row in part:
                rows += b"\0" + row.tobytes()
    return bytes(rows)


def pngs():
    image = picture(37, 29)
    alpha = alpha_of(image)
    rgba = image.copy()
    rgba.putalpha(alpha)
    la = image.convert("L")
    la.putalpha(alpha)
    palette = image.quantize(50)
    write("rgb.png", encoded(image, format="PNG"))
    write("rgba.png", encoded(rgba, format="PNG"))
    write("grey.png", encoded(image.convert("L"), format="PNG"))
    write("grey-alpha.png", encoded(la, format="PNG"))
    write("palette.png", encoded(palette, format="PNG"))
    write("palette-transparent.png", encoded(palette, format="PNG", transparency=bytes(range(50))))
    write("palette-4-bits.png", encoded(image.quantize(13), format="PNG", bits=4))
    write("palette-2-bits.png", encoded(image.quantize(4), format="PNG", bits=2))
    write("palette-1-bit.png", encoded(image.quantize(2), format="PNG", bits=1))
    write("bilevel.png", encoded(image.convert("1"), format="PNG"))
    write("rgb-transparent-colour.png", encoded(image, format="PNG", transparency=(25, 25, 25)))
    write("one-pixel.png", encoded(image.crop((3, 3, 4, 4)), format="PNG"))
    write("orientation.png", encoded(image, format="PNG", exif=exif(8)))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    write("profile.png", encoded(image, format="PNG", icc_profile=profile))
    rgb8 = np.asarray(image)
    write("interlaced.png", raw_png(37, 29, 8, 2, adam7(rgb8), interlace=1))
    write("interlaced-narrow.png", raw_png(3, 5, 8, 2, adam7(rgb8[:5, :3]), interlace=1))
    rng = np.random.default_rng(2)
    deep = (rgb8.astype(np.uint16) << 8) + rng.integers(0, 256, rgb8.shape).astype(np.uint16)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in deep)
    write("rgb-16-bits.png", raw_png(37, 29, 16, 2, rows))
    grey = deep[:, :, 0]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in grey)
    high = Image.fromarray((grey >> 8).astype(np.uint8)).convert("RGB")
    write("grey-16-bits.png", raw_png(37, 29, 16, 0, rows), expected=high)
    rows = b"".join(
        b"\0" + np.stack([row, 65535 - row], axis=1).astype(">u2").tobytes() for row in grey
    )
    write("grey-alpha-16-bits.png", raw_png(37, 29, 16, 4, rows), expected=high)
    for bits in (2, 4):
        levels = (grey >> (16 - bits)).astype(np.uint8)
        per_byte = 8 // bits
        padded = np.pad(levels, ((0, 0), (0, -37 % per_byte)))
        packed = sum(padded[:, i::per_byte] << (8 - bits * (i + 1)) for i in range(per_byte))
        rows = b"".join(b"\0" + row.astype(np.uint8).tobytes() for row in packed)
        write(f"grey-{bits}-bits.png", raw_png(37, 29, bits, 0, rows))


def bitmap(width, height, bits, rows, palette=b"", compression=0, masks=b"", used=0):
    header = struct.pack(
        "<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(rows), 2835, 2835, used, 0
    )
    start = 14 + len(header) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + header + masks + palette + rows


def bmps():
    image = picture(19, 13)
    write("1-bit.bmp", encoded(image.convert("1"), format="BMP"))
    write("8-bits-palette.bmp", encoded(image.quantize(40), format="BMP"))
    write("8-bits-grey.bmp", encoded(image.convert("L"), format="BMP"))
    write("24-bits.bmp", encoded(image, format="BMP"))
    rgba = image.copy()
    rgba.putalpha(alpha_of(image))
    write("32-bits.bmp", encoded(rgba, format="BMP"))
    rgb = np.asarray(image).astype(np.uint32)
    flipped = rgb[::-1]
    bgrx = np.concatenate([flipped[:, :, ::-1], np.zeros((13, 19, 1), np.uint32)], axis=2).astype(np.uint8)
    write("32-bits-plain.bmp", bitmap(19, 13, 32, bgrx.tobytes()))
    write("top-down.bmp", bitmap(19, -13, 32, bgrx[::-1].tobytes()))
    r, g, b = (flipped[:, :, i] for i in range(3))
    five = ((r >> 3) << 10 | (g >> 3) << 5 | b >> 3).astype("<u2")
    write("16-bits.bmp", bitmap(19, 13, 16, np.pad(five, ((0, 0), (0, 1))).tobytes()))
    six = ((r >> 3) << 11 | (g >> 2) << 5 | b >> 3).astype("<u2")
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    write("16-bits-fields.bmp", bitmap(19, 13, 16, np.pad(six, ((0, 0), (0, 1))).tobytes(), compression=3, masks=masks))
    few = image.quantize(12)
    colours = few.getpalette()[: 12 * 3]
    palette = b"".join(bytes([colours[i + 2], colours[i + 1], colours[i], 0]) for i in range(0, 36, 3))
    indices = np.asarray(few)[::-1]
    nibbles = np.pad(indices, ((0, 0), (0, 5)))
    packed = (nibbles[:, 0::2] << 4 | nibbles[:, 1::2]).astype(np.uint8)
    write("4-bits.bmp", bitmap(19, 13, 4, packed.tobytes(), palette=palette, used=12))
    runs = bytearray()
    for row in indices:
        runs += bytes([0, 5]) + row[:5].tobytes() + b"\0"  # five literals and the padding
        for value in row[5:]:
            runs += bytes([1, value])
        runs += b"\0\0"
    runs += b"\0\1"
    write("8-bits-runs.bmp", bitmap(19, 13, 8, bytes(runs), palette=palette, compression=1, used=12))
    runs = bytearray()
    for row in indices:
        runs += bytes([0, 4, row[0] << 4 | row[1], row[2] << 4 | row[3]])
        for i in range(4, 19):
            runs += bytes([1, row[i] << 4])
        runs += b"\0\0"
    runs += b"\0\1"
    write("4-bits-runs.bmp", bitmap(19, 13, 4, bytes(runs), palette=palette, compression=2, used=12))


def gifs():
    image = picture(45, 31)
    palette = image.quantize(200)
    write("plain.gif", encoded(palette, format="GIF", interlace=0))
    write("interlaced.gif", encoded(palette, format="GIF", interlace=1))
    write("grey.gif", encoded(image.convert("L"), format="GIF"))
    write("transparent.gif", encoded(palette, format="GIF", transparency=17))
    write("two-colours.gif", encoded(image.convert("1"), format="GIF"))
    noise = np.random.default_rng(3).integers(0, 256, (60, 80), dtype=np.uint8)
    write("full-code-table.gif", encoded(Image.fromarray(noise), format="GIF"))
    frames = [picture(45, 31, seed) for seed in (5, 6, 7)]
    write("animated.gif", encoded(frames[0], format="GIF", save_all=True, append_images=frames[1:]))
    small = bytearray(encoded(palette, format="GIF", interlace=0))
    small[6:10] = struct.pack("<HH", 60, 40)  # a canvas larger than the picture
    write("canvas.gif", bytes(small))


def webps():
    image = picture(43, 33)
    rgba = image.copy()
    rgba.putalpha(alpha_of(image))
    write("lossless.webp", encoded(image, format="WEBP", lossless=True))
    write("lossless-alpha.webp", encoded(rgba, format="WEBP", lossless=True, exact=True))
    write("lossy.webp", encoded(image, format="WEBP", quality=80))
    write("lossy-low.webp", encoded(image, format="WEBP", quality=10))
    write("lossy-alpha.webp", encoded(rgba, format="WEBP", quality=80))
    write("orientation.webp", encoded(image, format="WEBP", lossless=True, exif=exif(6)))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    write("profile.webp", encoded(image, format="WEBP", lossless=True, icc_profile=profile))
    frames = [picture(43, 33, seed) for seed in (8, 9)]
    write("animated.webp", encoded(frames[0], format="WEBP", lossless=True, save_all=True, append_images=frames[1:]))


FILTERS = {"nearest": Image.NEAREST, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}


def resizes():
    source = picture(71, 43)
    source.save(RESIZE / "source.png", **SMALL)
    lines = ["file,kind,width,height,interpolation"]
    for interpolation, method in FILTERS.items():
        for width, height in [(31, 23), (71, 20), (40, 43), (110, 70), (1, 1), (71, 43), (150, 7)]:
            name = f"{interpolation}-{width}x{height}.png"
            source.resize((width, height), method).save(RESIZE / name, **SMALL)
            lines.append(f"{name},resize,{width},{height},{interpolation}")
    for filename, (width, height), size, method in FRAMES:
        framed(source, size, method, width, height).save(RESIZE / filename, **SMALL)
    (RESIZE / "expected.csv").write_text("\n".join(lines) + "\n")


FRAMES = [
    ("shorter-side-32-to-28x28.png", (28, 28), 32, Image.BILINEAR),
    ("shorter-side-33-to-28x20.png", (28, 20), 33, Image.BICUBIC),
    ("shorter-side-20-to-24x31.png", (24, 31), 20, Image.BILINEAR),
]


def framed(image, size, method, width, height):
    """torchvision's Resize(size) and CenterCrop((height, width)), from their documented rules."""
    short, long = min(image.size), max(image.size)
    scaled_long = int(size * long / short)
    scaled = (size, scaled_long) if image.size[0] <= image.size[1] else (scaled_long, size)
    image = image.resize(scaled, method)
    left, top = max(0, width - scaled[0]) // 2, max(0, height - scaled[1]) // 2
    canvas = Image.new("RGB", (max(width, scaled[0]), max(height, scaled[1])))
    canvas.paste(image, (left, top))
    left, top = round((canvas.size[0] - width) / 2.0), round((canvas.size[1] - height) / 2.0)
    return canvas.crop((left, top, left + width, top + height))


def decodes(content):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
        return True
    except Exception:
        return False


def cuts():
    lines = ["file,bytes,shortest"]
    for path in sorted(DECODE.iterdir()):
        content = path.read_bytes()
        if path.name + ".png" in {p.name for p in DECODE.iterdir()}:
            shortest = len(content)
            while shortest > 0 and decodes(content[: shortest - 1]):
                shortest -= 1
            lines.append(f"{path.name},{len(content)},{shortest}")
    (ROOT / "cut.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    for folder in (DECODE, RESIZE):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    jpegs()
    pngs()
    bmps()
    gifs()
    webps()
    resizes()
    cuts()
    files = [path for path in ROOT.rglob("*") if path.is_file()]
    print(len(files), "files,", sum(path.stat().st_size for path in files), "bytes")
