package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordPartsTest {

    record Leaf(int number) {}

    record Other() {}

    record Branch(@Nullable Record left, List<Record> others) {}

    @Test
    void aPartIsFoundHoweverDeepItLies() {
        Leaf leaf = new Leaf(3);

        assertThat(RecordParts.contain(leaf, Leaf.class)).isTrue();
        assertThat(RecordParts.contain(new Branch(leaf, List.of()), Leaf.class)).isTrue();
        assertThat(RecordParts.contain(
                        new Branch(null, List.of(new Other(), new Branch(new Branch(null, List.of(leaf)), List.of()))),
                        Leaf.class))
                .isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(RecordParts.contain(new Leaf(3), Other.class)).isFalse();
        assertThat(RecordParts.contain(new Branch(new Leaf(1), List.of(new Leaf(2))), Other.class))
                .isFalse();
    }
}
