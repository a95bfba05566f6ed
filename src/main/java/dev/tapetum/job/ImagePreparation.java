package dev.tapetum.job;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.job.source.StorageException;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a listed image to the model's input. Whatever is wrong with an image ends as its reject; only what is wrong with the
 * storage is thrown.
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

    Prepared prepare(IndexedImage indexed) {
        ListedImage listed = indexed.image();
        int labelIndex = labelIndex(listed.label());
        RejectPart refused = listed.reject();
        if (refused != null) {
            return new Prepared(indexed, labelIndex, null, null, refused);
        }

        byte[] encoded;
        try {
            encoded = bytes.image(listed);
        } catch (RejectedImageException e) {
            return new Prepared(indexed, labelIndex, null, null, reject(RejectStage.READ, e));
        } catch (OutOfMemoryError e) {
            RejectedImageException tooMuch = new RejectedImageException(
                    RejectReason.OUT_OF_MEMORY, "The heap has no room for the encoded file: " + e.getMessage());
            return new Prepared(indexed, labelIndex, null, null, reject(RejectStage.READ, tooMuch));
        }

        DecodedPart decoded = null;
        try {
            Framed framed = budget.decode(ImageDecoder.open(encoded, limits), this::framed);
            decoded = new DecodedPart(framed.width, framed.height, encoded.length, sha256(encoded));
            boolean[] mask = mask(listed, framed);
            DecodedImage ready = new DecodedImage(listed.imageId(), labelIndex, framed.pixels, mask);
            return new Prepared(indexed, labelIndex, decoded, ready, null);
        } catch (RejectedImageException e) {
            return new Prepared(indexed, labelIndex, decoded, null, reject(RejectStage.DECODE, e));
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            RejectedImageException failed = new RejectedImageException(RejectReason.FAILED, e.toString());
            return new Prepared(indexed, labelIndex, decoded, null, reject(RejectStage.DECODE, failed));
        }
    }

    /** What is kept of an image: its size as decoded, and the model's input. */
    private record Framed(int width, int height, float[] pixels) {}

    private Framed framed(RgbImage image) throws RejectedImageException {
        float[] pixels = preprocessing.normalise(preprocessing.frame(image));
        return new Framed(image.width(), image.height(), pixels);
    }

    private boolean @Nullable [] mask(ListedImage listed, Framed image) throws RejectedImageException {
        byte[] encoded = bytes.mask(listed);
        if (encoded == null) {
            return null;
        }

        try {
            return budget.decode(
                    ImageDecoder.open(encoded, limits),
                    mask -> preprocessing.frameMask(mask, image.width, image.height));
        } catch (RejectedImageException e) {
            throw new RejectedImageException(RejectReason.BAD_MASK, "The mask: " + e.getMessage());
        }
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
