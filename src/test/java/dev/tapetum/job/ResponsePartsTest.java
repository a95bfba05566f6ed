package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ResponsePartsTest {

    private static final List<String> NAMES = List.of(
            "property.expected-gradient[stamp, mug]",
            "property.signed-gradient[stamp, mug]",
            "property.flip-rate[stamp, mug]",
            "property.expected-gradient[stamp, *]",
            "property.signed-gradient[stamp, *]",
            "property.flip-rate[stamp, *]",
            "corruption.error[fog]",
            "corruption.mce",
            "corruption.relative-mce");

    @Test
    void whatFitsIsOnePart() {
        assertThat(ResponseParts.of(NAMES, 2, 100, 9 * 200).parts()).containsExactly(new HashSet<>(NAMES));
    }

    /** Four summaries of 100 bytes in two groups are 800 bytes: the three of a class, with one more, but not with three more. */
    @Test
    void thePartsFitAndTheNumbersOfAClassStayTogether() {
        assertThat(ResponseParts.of(NAMES, 2, 100, 800).parts())
                .containsExactly(
                        Set.copyOf(NAMES.subList(0, 3)),
                        Set.copyOf(NAMES.subList(3, 7)),
                        Set.copyOf(NAMES.subList(7, 9)));
    }

    @Test
    void aClassThatDoesNotFitIsAPartOfItsOwn() {
        List<Set<String>> parts = ResponseParts.of(NAMES, 1000, 100, 1).parts();

        assertThat(parts).hasSize(4).allMatch(part -> part.size() <= 3);
        assertThat(parts.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @Test
    void withoutInterventionsThereIsOnePassForAllElse() {
        ResponseParts none = ResponseParts.of(List.of(), 3, 48_000, ResponseParts.MOST_BYTES);

        assertThat(none.parts()).containsExactly(Set.of());
        assertThat(none.remark()).isNull();
    }

    /**
     * Fifteen corruptions, ten classes and each image's own are 495 summaries of 48,000 bytes: in 12 groups 272 MiB, so three
     * parts of at most 128 MiB. In 200 groups 13 summaries fit, so four classes of three, and 165 need 42 parts of 12 · 200 ·
     * 48,000 bytes, 110 MiB.
     */
    @Test
    void aRunWithManyGroupsIsToldWhatItWillCostAndWhatToChange() {
        List<String> names = new ArrayList<>();
        IntStream.range(0, 15 * 11)
                .forEach(i -> NAMES.subList(0, 3).forEach(name -> names.add(name.replace("mug", "class " + i))));

        ResponseParts usual = ResponseParts.of(names, 12, 48_000, ResponseParts.MOST_BYTES);
        assertThat(usual.parts()).hasSize(3);
        assertThat(usual.remark()).isNull();
        ResponseParts large = ResponseParts.of(names, 200, 48_000, ResponseParts.MOST_BYTES);
        assertThat(large.parts()).hasSize(42);
        assertThat(Objects.requireNonNull(large.remark()))
                .startsWith(
                        "The statistics of interventions will read the evidence 42 times: 495 numbers per image in 200"
                                + " groups are 4532 MiB, of which each task holds 110 at once; fewer classes in"
                                + " property-gradients.targets, attributes with fewer values,");
    }

    /** Three summaries of 48,000 bytes in 1,000 groups are 137.3 MiB, however few they are. */
    @Test
    void aRunIsToldWhenOneClassOfOneEditorIsMoreThanATaskShouldHold() {
        ResponseParts one = ResponseParts.of(NAMES.subList(0, 3), 1000, 48_000, ResponseParts.MOST_BYTES);

        assertThat(one.largestBytes()).isEqualTo(144_000_000);
        assertThat(one.remark())
                .isEqualTo(
                        "The statistics of interventions will read the evidence once: 3 numbers per image in 1000 groups"
                                + " are 138 MiB, of which each task holds 138 at once, more than the 128 that it should, since the"
                                + " numbers of one class and editor stay together; attributes with fewer values or a smaller"
                                + " property-gradients.sample make it less");
        assertThat(ResponseParts.of(NAMES, 1000, 48_000, ResponseParts.MOST_BYTES)
                        .remark())
                .contains("evidence 4 times: ", "each task holds 138 at once, more than the 128");
        assertThat(ResponseParts.of(NAMES.subList(0, 3), 900, 48_000, ResponseParts.MOST_BYTES)
                        .remark())
                .isNull();
    }
}
