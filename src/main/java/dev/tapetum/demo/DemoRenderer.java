package dev.tapetum.demo;

import java.awt.image.BufferedImage;

/**
 * Turns one row of the manifest into pixels. Scene, camera and tag draw from streams of their own, so that two rows that differ
 * in one planted attribute show the same still life.
 *
 * @param size the picture's side in pixels
 */
record DemoRenderer(long seed, int size) {
    private static final int SCENE_STREAM = 1;
    private static final int CAMERA_STREAM = 2;
    private static final int TAG_STREAM = 3;

    private static final int WHITE = 0xFFFFFF;
    private static final double OBSTRUCTED = 0.15;
    private static final Vec WARM = new Vec(1.25, 0.98, 0.62);

    BufferedImage render(DemoImage image) {
        Picture picture = Picture.of(Scene.about(image.label(), stream(image, SCENE_STREAM)), size);
        expose(picture, image, stream(image, CAMERA_STREAM));
        BufferedImage finished = picture.toImage();
        if (image.tag()) {
            tag(image).stickOn(finished);
        }

        return finished;
    }

    /** Where the tag of an image is, if it carries one. */
    Tag tag(DemoImage image) {
        return Tag.inCorner(size, stream(image, TAG_STREAM));
    }

    /** A picture that is white where the image shows its subject, the object of its class, and black elsewhere. */
    BufferedImage subject(DemoImage image) {
        Tracer tracer = Tracer.of(Scene.about(image.label(), stream(image, SCENE_STREAM)));
        BufferedImage mask = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                if (tracer.showsSubject((2 * column + 1.0) / size - 1, (2 * row + 1.0) / size - 1)) {
                    mask.setRGB(column, row, WHITE);
                }
            }
        }

        return mask;
    }

    private void expose(Picture picture, DemoImage image, SeededRandom random) {
        double exposure = random.between(0.75, 1.5);
        double warmth = random.between(-0.12, 0.12);
        picture.scale(new Vec(exposure * (1 + warmth), exposure, exposure * (1 - warmth)));
        if (random.chance(OBSTRUCTED)) {
            picture.bar(
                    Vec.hsv(random.unit(), random.between(0.1, 0.6), random.between(0.03, 0.5)),
                    random.between(0, Math.PI),
                    random.between(-0.35, 0.35),
                    random.between(0.06, 0.16));
        }

        picture.vignette(random.between(0, 0.5));
        if (image.tint()) {
            picture.scale(WARM);
        }

        double pixel = size / 96.0;
        picture.blur(pixel * random.between(0.35, 1.0));
        double noise = random.between(0.006, 0.022);
        if (image.atWeakSite()) {
            picture.blur(pixel * random.between(1.2, 2.2));
            noise += random.between(0.015, 0.04);
        }

        picture.develop();
        if (image.atWeakSite()) {
            picture.flatten(random.between(0.6, 0.8));
        }

        picture.grain(noise, random);
    }

    private SeededRandom stream(DemoImage image, int stream) {
        return SeededRandom.of(seed, image.index(), stream);
    }
}
