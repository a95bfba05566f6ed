package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tapetum.spec.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a listing that does not depend on the order of its images: a mergeable state.
 *
 * <p>Of each image, the SHA-256 of its id, uri, place and length in its file, label, attributes, cluster, mask's place and
 * the reason of its reject is taken, every text in UTF-8 behind its length. The four 64-bit words of these hashes are
 * added up, each modulo 2^64; {@link #hex} is the SHA-256 of the number of images and the four sums. Sums, unlike an
 * exclusive or, tell a thing that is there twice from one that is absent.
 *
 * <p>It says what the dataset names, not what its files contain: the bytes were not read yet.
 *
 * @param images how many images were added
 */
public record DatasetDigest(long images, long sum0, long sum1, long sum2, long sum3) implements Serializable {
    /** The digest of no image. */
    public static final DatasetDigest EMPTY = new DatasetDigest(0, 0, 0, 0, 0);

    /** With one more image. */
    public DatasetDigest plus(ListedImage image) {
        return plus(canonical(image));
    }

    /** With one more thing, which this text tells from all others. */
    DatasetDigest plus(String text) {
        return plus(text.getBytes(UTF_8));
    }

    private DatasetDigest plus(byte[] thing) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.newDigest().digest(thing));
        return plus(new DatasetDigest(1, hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong()));
    }

    /** With all the images of another listing. */
    public DatasetDigest plus(DatasetDigest other) {
        return new DatasetDigest(
                images + other.images, sum0 + other.sum0, sum1 + other.sum1, sum2 + other.sum2, sum3 + other.sum3);
    }

    /** The digest in hexadecimal. */
    public String hex() {
        ByteBuffer state = ByteBuffer.allocate(5 * Long.BYTES);
        state.putLong(images).putLong(sum0).putLong(sum1).putLong(sum2).putLong(sum3);
        return Sha256.of(state.array());
    }

    private static byte[] canonical(ListedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, image.imageId());
            write(out, image.uri());
            write(out, image.file());
            write(out, image.label());
            out.writeInt(image.attributes().size());

            for (Map.Entry<String, String> attribute : image.attributes().entrySet()) {
                write(out, attribute.getKey());
                write(out, attribute.getValue());
            }

            write(out, image.cluster());
            write(out, image.maskFile());
            write(out, image.reject() == null ? null : image.reject().reason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable FileRange range) throws IOException {
        write(out, range == null ? null : range.path());
        out.writeLong(range == null ? 0 : range.offset());
        out.writeLong(range == null ? 0 : range.length());
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }

        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
