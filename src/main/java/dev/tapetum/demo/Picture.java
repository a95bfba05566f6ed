package dev.tapetum.demo;

import java.awt.image.BufferedImage;

/** A square picture of floats in RGB, planes one after another, that a camera's faults are done to in place. */
final class Picture {
    private static final int CHANNELS = 3;
    private static final int RAYS = 2;

    private final int size;
    private final float[] values;

    private Picture(int size) {
        this.size = size;
        this.values = new float[CHANNELS * size * size];
    }

    /** Renders a scene with two rays a pixel, on diagonals that alternate; values are linear light. */
    static Picture of(Scene scene, int size) {
        Picture picture = new Picture(size);
        Tracer tracer = Tracer.of(scene);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                Vec sum = new Vec(0, 0, 0);
                for (int ray = 0; ray < RAYS; ray++) {
                    double x = column + (ray + 0.5) / RAYS;
                    double y = row + (((row + column) % 2 == 0 ? ray : RAYS - 1 - ray) + 0.5) / RAYS;
                    sum = sum.plus(tracer.colour(2 * x / size - 1, 2 * y / size - 1));
                }

                picture.set(row, column, sum.times(1.0 / RAYS));
            }
        }

        return picture;
    }

    private void set(int row, int column, Vec colour) {
        int at = row * size + column;
        values[at] = (float) colour.x();
        values[at + size * size] = (float) colour.y();
        values[at + 2 * size * size] = (float) colour.z();
    }

    /** Multiplies the channels; with equal factors, the exposure. */
    void scale(Vec factors) {
        int plane = size * size;
        for (int i = 0; i < plane; i++) {
            values[i] *= (float) factors.x();
            values[i + plane] *= (float) factors.y();
            values[i + 2 * plane] *= (float) factors.z();
        }
    }

    /** Darkens towards the corners, which keep 1 − strength of their light. */
    void vignette(double strength) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double u = (2.0 * column + 1) / size - 1;
                double v = (2.0 * row + 1) / size - 1;
                float keep = (float) (1 - strength * (u * u + v * v) / 2);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    values[(channel * size + row) * size + column] *= keep;
                }
            }
        }
    }

    /** Puts a soft bar before the scene, as something out of focus close to the lens: {@code width} in shares of the picture. */
    void bar(Vec colour, double angle, double offset, double width) {
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double u = (column + 0.5) / size - 0.5;
                double v = (row + 0.5) / size - 0.5;
                double away = Math.abs(u * cosine + v * sine - offset);
                double cover = Math.max(0, Math.min(1, 1.3 * (1.4 - 2 * away / width)));
                if (cover > 0) {
                    int at = row * size + column;
                    Vec behind = new Vec(values[at], values[at + size * size], values[at + 2 * size * size]);
                    set(row, column, behind.towards(colour, 0.92 * cover));
                }
            }
        }
    }

    /** A Gaussian blur of standard deviation {@code sigma} pixels; the border is continued outwards. */
    void blur(double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        float[] kernel = new float[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += StrictMath.exp(-0.5 * i * i / (sigma * sigma));
        }

        for (int i = -radius; i <= radius; i++) {
            kernel[i + radius] = (float) (StrictMath.exp(-0.5 * i * i / (sigma * sigma)) / sum);
        }

        float[] line = new float[size];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = 0; i < size; i++) {
                convolve((channel * size + i) * size, 1, kernel, radius, line);
            }

            for (int i = 0; i < size; i++) {
                convolve(channel * size * size + i, size, kernel, radius, line);
            }
        }
    }

    private void convolve(int start, int stride, float[] kernel, int radius, float[] line) {
        for (int i = 0; i < size; i++) {
            line[i] = values[start + i * stride];
        }

        for (int i = 0; i < size; i++) {
            float sum = 0;
            for (int j = -radius; j <= radius; j++) {
                sum += kernel[j + radius] * line[Math.max(0, Math.min(size - 1, i + j))];
            }

            values[start + i * stride] = sum;
        }
    }

    /** From linear light to display values in [0, 1], by a gamma of 2. */
    void develop() {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sqrt(Math.max(0, Math.min(1, values[i])));
        }
    }

    /** Draws all values towards mid grey, keeping the share {@code contrast} of their distance. */
    void flatten(double contrast) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.5 + contrast * (values[i] - 0.5));
        }
    }

    /** Adds noise of standard deviation {@code sigma}, three quarters of it common to the channels. */
    void grain(double sigma, SeededRandom random) {
        int plane = size * size;
        for (int i = 0; i < plane; i++) {
            double common = 0.75 * random.bell();
            for (int channel = 0; channel < CHANNELS; channel++) {
                values[i + channel * plane] += (float) (sigma * (common + 0.66 * random.bell()));
            }
        }
    }

    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        int plane = size * size;
        for (int i = 0; i < plane; i++) {
            int rgb = level(values[i]) << 16 | level(values[i + plane]) << 8 | level(values[i + 2 * plane]);
            image.setRGB(i % size, i / size, rgb);
        }

        return image;
    }

    private static int level(float value) {
        return Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
