package dev.tapetum.job;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.OpenedImage;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import dev.tapetum.intervention.Canvas;
import dev.tapetum.intervention.Series;
import dev.tapetum.job.source.FileRange;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.job.source.SeriesImage;
import dev.tapetum.job.source.StorageException;
import dev.tapetum.job.source.TaskEndedException;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a listed image to the model's input. Whatever is wrong with an image ends as its reject; only what is wrong with the
 * storage, or that the task has ended, is thrown.
 *
 * @param classes index by class name
 * @param budget shared by all that decode in this process
 */
record ImagePreparation(
        Preprocessing preprocessing,
        DecodeLimits limits,
        Map<String, Integer> classes,
        ImageBytes bytes,
        DecodeBudget budget) {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePreparation.class);

    Prepared prepare(IndexedImage indexed) {
        ListedImage listed = indexed.image();
        int labelIndex = labelIndex(listed.label());
        RejectPart refused = listed.reject();
        if (refused != null) {
            return new Prepared(indexed, labelIndex, null, null, refused);
        }

        ImageWork work = new ImageWork(listed);
        DecodedPart decoded = null;
        try {
            Framed framed = budget.decode(length(listed.content(), listed.file()), work);
            decoded = new DecodedPart(framed.width, framed.height, work.length, work.sha256);
            boolean[] mask = mask(listed, framed);
            DecodedImage ready = new DecodedImage(
                    listed.imageId(), labelIndex, listed.attributes(), framed.pixels, mask, series(indexed));
            return new Prepared(indexed, labelIndex, decoded, ready, null);
        } catch (RejectedImageException e) {
            return new Prepared(indexed, labelIndex, decoded, null, reject(work.stage, e));
        } catch (StorageException | TaskEndedException e) {
            throw e;
        } catch (RuntimeException e) {
            RejectedImageException failed = new RejectedImageException(RejectReason.FAILED, e.toString());
            return new Prepared(indexed, labelIndex, decoded, null, reject(work.stage, failed));
        }
    }

    /** What is kept of an image: its size as decoded, and the model's input. */
    private record Framed(int width, int height, float[] pixels) {}

    private final class ImageWork implements DecodeBudget.Work<Framed> {

        private final ListedImage listed;
        private RejectStage stage = RejectStage.READ;
        private int length;
        private String sha256 = "";

        ImageWork(ListedImage listed) {
            this.listed = listed;
        }

        @Override
        public OpenedImage open() throws RejectedImageException {
            stage = RejectStage.READ;
            byte[] encoded = bytes.image(listed);
            stage = RejectStage.DECODE;
            length = encoded.length;
            OpenedImage opened = ImageDecoder.open(encoded, limits);
            sha256 = sha256(encoded);
            return opened;
        }

        @Override
        public Framed frame(RgbImage image) throws RejectedImageException {
            float[] pixels = preprocessing.normalise(preprocessing.frame(image));
            return new Framed(image.width(), image.height(), pixels);
        }
    }

    private boolean @Nullable [] mask(ListedImage listed, Framed image) throws RejectedImageException {
        if (listed.maskContent() == null && listed.maskFile() == null) {
            return null;
        }

        try {
            return budget.decode(length(listed.maskContent(), listed.maskFile()), new MaskWork(listed, image));
        } catch (RejectedImageException e) {
            RejectReason reason =
                    e.reason() == RejectReason.OUT_OF_MEMORY ? RejectReason.OUT_OF_MEMORY : RejectReason.BAD_MASK;
            throw new RejectedImageException(reason, "The mask: " + e.getMessage(), e);
        }
    }

    private final class MaskWork implements DecodeBudget.Work<boolean[]> {

        private final ListedImage listed;
        private final Framed image;

        MaskWork(ListedImage listed, Framed image) {
            this.listed = listed;
            this.image = image;
        }

        @Override
        public OpenedImage open() throws RejectedImageException {
            byte[] encoded = Objects.requireNonNull(bytes.mask(listed), "a mask's bytes");
            return ImageDecoder.open(encoded, limits);
        }

        @Override
        public boolean[] frame(RgbImage mask) throws RejectedImageException {
            return preprocessing.frameMask(mask, image.width, image.height);
        }
    }

    /**
     * The edited images. One that cannot be read or decoded takes nothing from the others: its values are not numbers, by
     * which it counts as an edit that failed.
     */
    private List<Canvas.Shown> series(IndexedImage indexed) {
        List<Canvas.Shown> series = new ArrayList<>();
        for (SeriesImage edited : indexed.series()) {
            float[] pixels;
            try {
                pixels = budget.decode(length(null, edited.file()), new SeriesWork(edited));
            } catch (RejectedImageException e) {
                LOG.warn(
                        "An edited image of {} is left out: {}", indexed.image().imageId(), e.getMessage());
                pixels = new float[3 * preprocessing.width() * preprocessing.height()];
                Arrays.fill(pixels, Float.NaN);
            }

            series.add(new Canvas.Shown(
                    new Series(edited.manifest(), edited.property(), edited.root()), edited.strength(), pixels));
        }

        return series;
    }

    private final class SeriesWork implements DecodeBudget.Work<float[]> {

        private final SeriesImage edited;

        SeriesWork(SeriesImage edited) {
            this.edited = edited;
        }

        @Override
        public OpenedImage open() throws RejectedImageException {
            return ImageDecoder.open(bytes.file(edited.file()), limits);
        }

        @Override
        public float[] frame(RgbImage image) throws RejectedImageException {
            return preprocessing.normalise(preprocessing.frame(image));
        }
    }

    @SuppressWarnings("NullAway") // it does not find "byte @Nullable []" in class files
    private long length(byte @Nullable [] content, @Nullable FileRange file) {
        if (content != null) {
            return content.length;
        }

        // A longer one is refused before it is read.
        return file == null ? FileRange.UNKNOWN : Math.min(file.length(), limits.maxBytes());
    }

    /** A label is the name of a class or else its index; −1 for any other. */
    private int labelIndex(@Nullable String label) {
        if (label == null) {
            return -1;
        }

        Integer named = classes.get(label);
        if (named != null) {
            return named;
        }

        try {
            int index = Integer.parseInt(label);
            return index >= 0 && index < classes.size() ? index : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static RejectPart reject(RejectStage stage, RejectedImageException e) {
        return new RejectPart(stage, e.reason().name(), String.valueOf(e.getMessage()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
