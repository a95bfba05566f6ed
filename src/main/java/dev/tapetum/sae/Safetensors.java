package dev.tapetum.sae;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tapetum.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files of named tensors in the safetensors format (github.com/huggingface/safetensors): eight bytes with the header's length, a
 * header in JSON that gives each tensor its type, shape and place, then the numbers; all little-endian. Of its types we read and
 * write {@code F32} and {@code I64}.
 */
final class Safetensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final String FLOATS = "F32";
    private static final String LONGS = "I64";
    /** The format's own limit on the header. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final int ALIGNMENT = 8;

    private Safetensors() {}

    /** Writes a file, in the order of the names; it appears under its name when it is complete. */
    static void write(Path file, SortedMap<String, ? extends Tensor> tensors) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            byte[] header = header(tensors);
            writeAll(out, buffer(Long.BYTES).putLong(header.length).flip());
            writeAll(out, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors.values()) {
                writeAll(out, bytes(tensor));
            }
        }

        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads all of a file's tensors.
     *
     * @throws UserError if it is no such file, or holds another type
     */
    static SortedMap<String, Tensor> read(Path file) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long length =
                    in.size() < Long.BYTES ? -1 : readAll(in, 0, Long.BYTES).getLong();
            if (length < 2 || length > Math.min(LONGEST_HEADER, in.size() - Long.BYTES)) {
                throw unreadable(file, "does not start with a header's length");
            }

            JsonNode header = JSON.readTree(
                    readAll(in, Long.BYTES, Math.toIntExact(length)).array());
            long data = Long.BYTES + length;
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (!field.getKey().equals(METADATA)) {
                    tensors.put(field.getKey(), tensor(file, in, data, field.getKey(), field.getValue()));
                }
            }
        } catch (JsonProcessingException e) {
            throw unreadable(file, "has a header that is no JSON");
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }

        return tensors;
    }

    private static byte[] header(SortedMap<String, ? extends Tensor> tensors) throws JsonProcessingException {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, ? extends Tensor> named : tensors.entrySet()) {
            Tensor tensor = named.getValue();
            long end = offset + bytesOf(tensor);
            ObjectNode entry = header.putObject(named.getKey());
            entry.put("dtype", tensor instanceof Tensor.Floats ? FLOATS : LONGS);
            for (long side : tensor.shape()) {
                entry.withArray("shape").add(side);
            }

            entry.withArray("data_offsets").add(offset).add(end);
            offset = end;
        }

        String json = JSON.writeValueAsString(header);
        int padding = Math.floorMod(-json.getBytes(StandardCharsets.UTF_8).length, ALIGNMENT);
        return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    private static Tensor tensor(Path file, FileChannel in, long data, String name, JsonNode entry) throws IOException {
        String type = entry.path("dtype").asText();
        if (!type.equals(FLOATS) && !type.equals(LONGS)) {
            throw new UserError(file + ": " + name + " is of type " + type + "; save it as " + FLOATS);
        }

        long[] shape = new long[entry.path("shape").size()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.path("shape").get(i).asLong(-1);
            size = shape[i] < 0 || (shape[i] > 0 && size > Integer.MAX_VALUE / shape[i]) ? -1 : size * shape[i];
            if (size < 0) {
                throw unreadable(file, "has a tensor " + name + " of an impossible shape");
            }
        }

        int each = type.equals(FLOATS) ? Float.BYTES : Long.BYTES;
        long start = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        if (start < 0 || end - start != size * each || end - start > Integer.MAX_VALUE || data + end > in.size()) {
            throw unreadable(file, "ends before its tensor " + name + " does, or has it in a wrong place");
        }

        ByteBuffer bytes = readAll(in, data + start, (int) (end - start));
        if (type.equals(FLOATS)) {
            float[] values = new float[(int) size];
            bytes.asFloatBuffer().get(values);
            return new Tensor.Floats(shape, values);
        }

        long[] values = new long[(int) size];
        bytes.asLongBuffer().get(values);
        return new Tensor.Longs(shape, values);
    }

    private static ByteBuffer bytes(Tensor tensor) {
        ByteBuffer bytes = buffer(Math.toIntExact(bytesOf(tensor)));
        if (tensor instanceof Tensor.Floats floats) {
            bytes.asFloatBuffer().put(floats.values());
        } else if (tensor instanceof Tensor.Longs longs) {
            bytes.asLongBuffer().put(longs.values());
        }

        return bytes;
    }

    private static long bytesOf(Tensor tensor) {
        return tensor instanceof Tensor.Floats floats
                ? (long) floats.values().length * Float.BYTES
                : (long) ((Tensor.Longs) tensor).values().length * Long.BYTES;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer readAll(FileChannel in, long position, int size) throws IOException {
        ByteBuffer bytes = buffer(size);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("it ends too early");
            }
        }

        return bytes.flip();
    }

    private static UserError unreadable(Path file, String what) {
        return new UserError(file + " is no safetensors file that can be read: it " + what + "; copy it again");
    }
}
