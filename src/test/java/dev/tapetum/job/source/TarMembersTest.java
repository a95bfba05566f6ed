package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarMembersTest {
    private static final String LONG_NAME = "folder/".repeat(30) + "name.jpg";
    private static final String LONGER_THAN_A_PREFIX = "f".repeat(300) + ".jpg";

    @TempDir
    Path folder;

    @Test
    void contentsLieWhereTheMembersSay() throws IOException {
        byte[] tar = Tar.posix()
                .member("a.jpg", "first")
                .member("empty.jpg", "")
                .member("exactly.jpg", "x".repeat(512))
                .member("one-more.jpg", "y".repeat(513))
                .finished();

        assertThat(contents(tar, 0))
                .containsExactly(
                        "a.jpg=first",
                        "empty.jpg=",
                        "exactly.jpg=" + "x".repeat(512),
                        "one-more.jpg=" + "y".repeat(513));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 600, 1 << 20})
    void readingThroughContentsFindsTheSameAsSeekingOverThem(long readThrough) throws IOException {
        Tar tar = Tar.posix();
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            tar.member("m" + i, "z".repeat(100 * i));
            expected.add("m" + i + "=" + "z".repeat(100 * i));
        }

        assertThat(contents(tar.finished(), readThrough)).isEqualTo(expected);
    }

    @Test
    void longAndForeignNamesAreReadInBothDialects() throws IOException {
        for (Tar tar : List.of(Tar.posix(), Tar.gnu())) {
            tar.member(LONG_NAME, "1")
                    .member(LONGER_THAN_A_PREFIX, "2")
                    .member("猫 ü.jpg", "3")
                    .member("plain", "4");

            assertThat(contents(tar.finished(), 0))
                    .containsExactly(LONG_NAME + "=1", LONGER_THAN_A_PREFIX + "=2", "猫 ü.jpg=3", "plain=4");
        }
    }

    @Test
    void foldersAreNoMembersAndLinksHaveAProblem() throws IOException {
        byte[] tar = Tar.posix()
                .folder("d")
                .member("d/a.jpg", "1")
                .link("d/hard.jpg", TarConstants.LF_LINK)
                .link("d/soft.jpg", TarConstants.LF_SYMLINK)
                .finished();

        assertThat(members(tar, 0))
                .extracting(TarMember::name, TarMember::problem)
                .containsExactly(
                        tuple("d/a.jpg", null),
                        tuple("d/hard.jpg", "it is a link"),
                        tuple("d/soft.jpg", "it is a link"));
    }

    @Test
    void joinedArchivesAreReadOn() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(Tar.posix().member("a", "1").finished());
        joined.write(Tar.gnu().member("b", "2").finished());

        assertThat(contents(joined.toByteArray(), 0)).containsExactly("a=1", "b=2");
        // The first archive's end mark is not that of the second, which is cut after its member's 1,024 bytes.
        int second = Tar.posix().member("a", "1").finished().length;
        assertThat(damage(joined.toByteArray(), second + 1024))
                .isEqualTo("[a, b] it ends at byte " + (second + 1024) + " without the mark of a tar's end");
    }

    @Test
    void anArchiveOfNothingButItsEndHasNoMembers() throws IOException {
        assertThat(contents(Tar.posix().finished(), 0)).isEmpty();
    }

    /** Each member takes a header and one block of content: the second starts at 1024, the end mark at 2048. */
    @Test
    void aCutIsFoundWhereverItIs() throws IOException {
        byte[] tar = Tar.posix().member("a", "1").member("b", "2".repeat(10)).finished();

        assertThat(damage(tar, 0)).isEqualTo("[] it ends at byte 0 without the mark of a tar's end");
        assertThat(damage(tar, 300)).isEqualTo("[] it ends at byte 300 within a header");
        assertThat(damage(tar, 512)).isEqualTo("[] it ends at byte 512 within a, which goes to byte 513");
        assertThat(damage(tar, 1000)).isEqualTo("[a] it ends at byte 1000 without the mark of a tar's end");
        assertThat(damage(tar, 1024)).isEqualTo("[a] it ends at byte 1024 without the mark of a tar's end");
        assertThat(damage(tar, 1500)).isEqualTo("[a] it ends at byte 1500 within a header");
        assertThat(damage(tar, 1540)).isEqualTo("[a] it ends at byte 1540 within b, which goes to byte 1546");
        assertThat(damage(tar, 2048)).isEqualTo("[a, b] it ends at byte 2048 without the mark of a tar's end");
        assertThat(damage(tar, 2048 + 512)).isEqualTo("[a, b] complete");
    }

    @Test
    void somethingThatIsNoTarIsDamagedFromTheStart() throws IOException {
        byte[] text = "It was a dark and stormy night. ".repeat(100).getBytes(UTF_8);
        byte[] flipped = Tar.posix().member("a", "1").member("b", "2").finished();
        flipped[1024 + 3] ^= 1;

        assertThat(damage(text, text.length)).isEqualTo("[] there is no header at byte 0");
        assertThat(damage(flipped, flipped.length)).isEqualTo("[a] there is no header at byte 1024");
    }

    private String damage(byte[] tar, int length) throws IOException {
        List<String> names = new ArrayList<>();

        try (TarMembers members = open(Arrays.copyOf(tar, length), 0)) {
            for (TarMember member = members.next(); member != null; member = members.next()) {
                names.add(member.name());
            }

            return names + " complete";
        } catch (DamagedTarException e) {
            return names + " " + e.getMessage();
        }
    }

    private List<TarMember> members(byte[] tar, long readThrough) throws IOException {
        List<TarMember> all = new ArrayList<>();

        try (TarMembers members = open(tar, readThrough)) {
            for (TarMember member = members.next(); member != null; member = members.next()) {
                all.add(member);
            }
        }

        return all;
    }

    /** Each member's content, by its place in the bytes and as the reader gives it in between. */
    private List<String> contents(byte[] tar, long readThrough) throws IOException {
        List<String> all = new ArrayList<>();

        try (TarMembers members = open(tar, readThrough)) {
            for (TarMember member = members.next(); member != null; member = members.next()) {
                String content = new String(members.content(member), UTF_8);
                String inPlace = new String(tar, (int) member.offset(), (int) member.length(), UTF_8);
                assertThat(content).isEqualTo(inPlace);
                assertThat(member.problem()).isNull();
                all.add(member.name() + "=" + content);
            }
        }

        return all;
    }

    private TarMembers open(byte[] tar, long readThrough) throws IOException {
        Path file = Files.write(folder.resolve("t.tar"), tar);
        FileSystem files = FileSystem.getLocal(new Configuration(false));
        return new TarMembers(files.open(new org.apache.hadoop.fs.Path(file.toUri())), tar.length, readThrough);
    }
}
