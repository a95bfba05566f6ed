package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    @TempDir
    Path folder;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("file"), bytes.array());
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(UserError.class)
                .hasMessage(file + message);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        Path file = folder.resolve("file");
        Safetensors.write(
                file,
                new TreeMap<>(Map.of(
                        "b",
                        new Tensor.Floats(new long[] {2, 3}, new float[] {1, -2, 3, Float.MIN_VALUE, -0f, 1e30f}),
                        "a",
                        Tensor.Longs.of(Long.MIN_VALUE, 7),
                        "nothing",
                        Tensor.Floats.of())));
        SortedMap<String, Tensor> read = Safetensors.read(file);
        assertThat(read.keySet()).containsExactly("a", "b", "nothing");
        assertThat(((Tensor.Longs) read.get("a")).values()).containsExactly(Long.MIN_VALUE, 7);
        Tensor.Floats b = (Tensor.Floats) read.get("b");
        assertThat(b.shape()).containsExactly(2, 3);
        assertThat(b.values()).containsExactly(1, -2, 3, Float.MIN_VALUE, -0f, 1e30f);
        assertThat(read.get("nothing").shape()).containsExactly(0);
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    /** Written by Python's safetensors (make_sae_fixtures.py), with metadata, a matrix and whole numbers. */
    @Test
    void aFileOfPythonsIsRead() throws IOException {
        Path file = folder.resolve("python");
        try (InputStream in = SafetensorsTest.class.getResourceAsStream("/fixtures/sae/python.safetensors")) {
            Files.write(file, Objects.requireNonNull(in).readAllBytes());
        }

        SortedMap<String, Tensor> read = Safetensors.read(file);
        assertThat(read.keySet()).containsExactly("matrix", "whole");
        assertThat(read.get("matrix").shape()).containsExactly(2, 3);
        assertThat(((Tensor.Floats) read.get("matrix")).values()).containsExactly(0, 0.5f, 1, 1.5f, 2, 2.5f);
        assertThat(((Tensor.Longs) read.get("whole")).values()).containsExactly(-1, 1L << 40);
    }

    @Test
    void aBrokenFileIsRefusedWithWhatToDo() throws IOException {
        String unreadable = " is no safetensors file that can be read: it ";
        Path file = folder.resolve("file");
        assertRefused(
                Files.write(file, new byte[5]), unreadable + "does not start with a header's length; copy it again");
        byte[] noLength = new byte[100];
        Arrays.fill(noLength, (byte) 'x');
        assertRefused(Files.write(file, noLength), unreadable + "does not start with a header's length; copy it again");
        assertRefused(file("{\"a\":", 0), unreadable + "has a header that is no JSON; copy it again");
        assertRefused(
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 7),
                unreadable + "ends before its tensor a does, or has it in a wrong place; copy it again");
        assertRefused(
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 8),
                unreadable + "ends before its tensor a does, or has it in a wrong place; copy it again");
        assertRefused(
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,4]}}", 8),
                unreadable + "has a tensor a of an impossible shape; copy it again");
        assertRefused(
                file("{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4),
                ": a is of type BF16; save it as F32");
    }
}
