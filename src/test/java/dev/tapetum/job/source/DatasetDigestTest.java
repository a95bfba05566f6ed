package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatasetDigestTest {
    @Property(tries = 50)
    void partsMergeInAnyOrder(@ForAll @Size(max = 10) List<String> ids, @ForAll int cut) {
        int middle = Math.floorMod(cut, ids.size() + 1);
        DatasetDigest whole = digest(ids.stream());
        DatasetDigest first = digest(ids.subList(0, middle).stream());
        DatasetDigest second = digest(ids.subList(middle, ids.size()).stream());

        assertThat(second.plus(first)).isEqualTo(whole);
        assertThat(whole.images()).isEqualTo(ids.size());
    }

    @Test
    void everythingThatIsKnownOfAnImageCounts() {
        Stream<ListedImage> different = Stream.of(
                image("a", "u", null, null, Map.of(), null, null),
                image("b", "u", null, null, Map.of(), null, null),
                image("a", "v", null, null, Map.of(), null, null),
                image("a", "u", FileRange.whole("p"), null, Map.of(), null, null),
                image("a", "u", new FileRange("p", 0, 5), null, Map.of(), null, null),
                image("a", "u", new FileRange("p", 5, 5), null, Map.of(), null, null),
                image("a", "u", null, "l", Map.of(), null, null),
                image("a", "u", null, "", Map.of(), null, null),
                image("a", "u", null, null, Map.of("k", "v"), null, null),
                image("a", "u", null, null, Map.of("kv", ""), null, null),
                image("a", "u", null, null, Map.of(), "c", null),
                image("a", "u", null, null, Map.of(), null, FileRange.whole("p")),
                image("a", "u", null, null, Map.of(), null, null, new RejectPart(RejectStage.LIST, "EMPTY", "")));

        assertThat(different.map(image -> DatasetDigest.EMPTY.plus(image).hex()))
                .hasSize(13)
                .doesNotHaveDuplicates()
                .allMatch(hex -> hex.matches("[0-9a-f]{64}"));
    }

    @Test
    void anImageTwiceIsNotAnImageNever() {
        assertThat(digest(Stream.of("a", "a", "b")).hex())
                .isNotEqualTo(digest(Stream.of("b")).hex());
    }

    private static DatasetDigest digest(Stream<String> ids) {
        return ids.map(id -> DatasetDigest.EMPTY.plus(image(id, "u", null, null, Map.of(), null, null)))
                .reduce(DatasetDigest.EMPTY, DatasetDigest::plus);
    }

    private static ListedImage image(
            String id,
            String uri,
            @Nullable FileRange file,
            @Nullable String label,
            Map<String, String> attributes,
            @Nullable String cluster,
            @Nullable FileRange mask) {
        return image(id, uri, file, label, attributes, cluster, mask, null);
    }

    @SuppressWarnings("NullAway") // it does not find "byte @Nullable []" in class files
    private static ListedImage image(
            String id,
            String uri,
            @Nullable FileRange file,
            @Nullable String label,
            Map<String, String> attributes,
            @Nullable String cluster,
            @Nullable FileRange mask,
            @Nullable RejectPart reject) {
        return new ListedImage(id, uri, file, null, label, attributes, cluster, mask, null, reject);
    }
}
