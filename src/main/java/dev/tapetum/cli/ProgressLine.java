package dev.tapetum.cli;

import java.util.Locale;

/**
 * How far the device work has come, in one line.
 *
 * @param done images scored or rejected
 * @param rejected rejected ones among them
 * @param images all images
 * @param rate images per second
 */
record ProgressLine(long done, long rejected, long images, double rate) {
    private static final int ENOUGH_IMAGES = 100;
    private static final int FEWEST_PART = 20;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    /** Tasks that ran twice count twice; nothing is done more than wholly. */
    ProgressLine {
        done = Math.min(done, images);
        rejected = Math.min(rejected, done);
    }

    boolean finished() {
        return done == images;
    }

    /** The line, such as {@code 1,024 of 2,000 images  51%  23.4 images/s  0 rejected  42 s left}. */
    String text() {
        long percent = images == 0 ? 100 : done * 100 / images;
        String text = String.format(
                Locale.ROOT,
                "%,d of %,d images  %d%%  %s images/s  %,d rejected",
                done,
                images,
                percent,
                rate(rate),
                rejected);
        return foreseeable() ? text + "  " + duration((images - done) / rate) + " left" : text;
    }

    /** The first images tell more about the loading of the model than about the time that is left. */
    private boolean foreseeable() {
        return rate > 0 && !finished() && done >= Math.min(ENOUGH_IMAGES, images / FEWEST_PART);
    }

    /** Three significant digits, but no less than whole numbers. */
    static String rate(double rate) {
        if (!(rate > 0)) {
            return "0";
        }

        int decimals = rate < 10 ? 2 : rate < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", rate);
    }

    /** In the two largest units that matter. */
    static String duration(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        if (whole < SECONDS_PER_MINUTE) {
            return whole + " s";
        }

        if (whole < SECONDS_PER_HOUR) {
            return whole / SECONDS_PER_MINUTE + " min " + whole % SECONDS_PER_MINUTE + " s";
        }

        return whole / SECONDS_PER_HOUR + " h " + whole % SECONDS_PER_HOUR / SECONDS_PER_MINUTE + " min";
    }
}
