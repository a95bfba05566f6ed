package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tar in order, from their headers alone: contents are passed over.
 *
 * <p>The formats are POSIX ustar and pax and that of GNU tar (long names, large sizes). Archives that were joined end to
 * end are read on after the first one's end. Java's tar libraries would do for reading, but not for telling a tar that was
 * cut from one that is complete, which decides here whether images are missing.
 */
final class TarMembers implements Closeable {
    private static final int BLOCK = 512;
    /** Names longer than this are no names, and a damaged header must not make us allocate. */
    private static final int LONGEST_EXTENSION = 1 << 20;

    private final FSDataInputStream in;
    private final long end;
    private final long readThrough;

    private boolean ended;

    /**
     * @param end the file's length
     * @param readThrough up to how many bytes of content it is cheaper to read than to seek over
     */
    TarMembers(FSDataInputStream in, long end, long readThrough) {
        this.in = in;
        this.end = end;
        this.readThrough = readThrough;
    }

    /**
     * The next file whose content is complete; null at the end of the archive.
     *
     * @throws DamagedTarException when the archive ends without its end mark, within a file, or goes on with something
     *     that is no header
     */
    @Nullable
    TarMember next() throws IOException {
        byte[] header = new byte[BLOCK];
        Map<String, String> extended = new TreeMap<>();

        while (true) {
            long start = in.getPos();

            if (ended && start + BLOCK > end) {
                return null;
            } else if (start + BLOCK > end) {
                throw new DamagedTarException("it ends at byte " + end
                        + (start == end ? " without the mark of a tar's end" : " within a header"));
            }

            in.readFully(header);

            if (isZero(header)) {
                ended = true;
                continue;
            }

            ended = false;
            checkSum(header, start);
            char type = (char) header[156];
            long size = extended.containsKey("size")
                    ? decimal(extended.get("size"), start)
                    : number(header, 124, 12, start);
            long content = in.getPos();
            // The last file's padding may be missing together with nothing else.
            long following = Math.min(content + (size + BLOCK - 1) / BLOCK * BLOCK, end);
            String name = extended.getOrDefault("GNU.sparse.name", extended.getOrDefault("path", name(header)));

            if (content + size > end) {
                throw new DamagedTarException(
                        "it ends at byte " + end + " within " + name + ", which goes to byte " + (content + size));
            }

            switch (type) {
                case 'L' -> extended.put("path", text(extension(size, start), 0, (int) size));
                case 'x' -> extended.putAll(records(extension(size, start), start));
                case '0', '\0', '7', 'S', '1', '2' -> {
                    pass(following);

                    if (!name.endsWith("/")) {
                        return new TarMember(name, content, size, problem(type, extended));
                    }

                    extended.clear();
                }
                case 'K', 'g' -> {
                    // Long link names and what holds for the whole archive say nothing of where contents lie.
                }
                default -> extended.clear();
            }

            pass(following);
        }
    }

    /** Where the header after the last member begins; one who opens the archive again goes on from there. */
    long position() throws IOException {
        return in.getPos();
    }

    /** The content of a member, which must be small. */
    byte[] content(TarMember member) throws IOException {
        long back = in.getPos();
        byte[] content = new byte[Math.toIntExact(member.length())];
        in.readFully(member.offset(), content);
        in.seek(back);
        return content;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static @Nullable String problem(char type, Map<String, String> extended) {
        if (type == '1' || type == '2') {
            return "it is a link";
        }

        boolean sparse = type == 'S' || extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
        return sparse ? "it is stored as a sparse file" : null;
    }

    private void pass(long position) throws IOException {
        long distance = position - in.getPos();

        if (distance > readThrough) {
            in.seek(position);
        } else if (distance > 0) {
            in.skipNBytes(distance);
        }
    }

    private byte[] extension(long size, long header) throws IOException {
        if (size > LONGEST_EXTENSION) {
            throw new DamagedTarException("the header at byte " + header + " announces a name of " + size + " bytes");
        }

        byte[] content = new byte[(int) size];
        in.readFully(content);
        return content;
    }

    /** The records of a pax header, each {@code LENGTH KEY=VALUE\n} with the length counting itself. */
    private static Map<String, String> records(byte[] content, long header) throws DamagedTarException {
        Map<String, String> records = new TreeMap<>();
        int at = 0;

        while (at < content.length) {
            int space = at;

            while (space < content.length && content[space] != ' ') {
                space++;
            }

            long length = decimal(new String(content, at, space - at, US_ASCII), header);

            if (length <= space - at + 1L || at + length > content.length) {
                throw new DamagedTarException("the extended header at byte " + header + " is malformed");
            }

            String record = new String(content, space + 1, (int) length - (space - at) - 2, UTF_8);
            int equals = record.indexOf('=');

            if (equals > 0) {
                records.put(record.substring(0, equals), record.substring(equals + 1));
            }

            at += (int) length;
        }

        return records;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }

        return true;
    }

    /** A header's sum counts its own eight bytes as spaces. */
    private static void checkSum(byte[] header, long start) throws DamagedTarException {
        int sum = 0;

        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }

        if (sum != number(header, 148, 8, start)) {
            throw new DamagedTarException("there is no header at byte " + start);
        }
    }

    /** Octal digits, or GNU's base 256 when the first bit is set. */
    private static long number(byte[] header, int from, int length, long start) throws DamagedTarException {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;

            for (int i = from + 1; i < from + length; i++) {
                if (value > Long.MAX_VALUE >> 9) {
                    throw new DamagedTarException("the header at byte " + start + " has no number where one belongs");
                }

                value = (value << 8) | (header[i] & 0xff);
            }

            return value;
        }

        String digits = text(header, from, length).strip();

        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new DamagedTarException("there is no header at byte " + start);
        }
    }

    private static long decimal(String digits, long start) throws DamagedTarException {
        try {
            long value = Long.parseLong(digits);

            if (value >= 0 && value < Long.MAX_VALUE >> 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }

        throw new DamagedTarException("the extended header at byte " + start + " is malformed");
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        // GNU tar ends the magic word with a blank and keeps times where POSIX keeps the first part of long names.
        boolean posix = text(header, 257, 6).equals("ustar") && header[262] == 0;
        String prefix = posix ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int most) {
        int length = 0;

        while (length < most && bytes[from + length] != 0) {
            length++;
        }

        return new String(bytes, from, length, UTF_8);
    }
}
