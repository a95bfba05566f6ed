package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FamilyTest {
    @Test
    void permittedRecordsAreTheMembersThroughNestedFamilies() {
        assertThat(Family.of(Shape.class).members())
                .containsOnlyKeys("disc", "dot", "group", "input-x-gradient", "labelled")
                .containsEntry("input-x-gradient", Shape.InputXGradient.class);
    }

    @Test
    void theKeyIsThatOfTheAnnotationAndIsInherited() {
        assertThat(Family.of(Shape.class).discriminator()).isEqualTo("shape");
        assertThat(Family.of(Shape.Closed.class).discriminator()).isEqualTo("shape");
        assertThat(Family.of(Plain.class).discriminator()).isEqualTo("kind");
    }

    @Test
    void whatIsNoFamilyOfRecordsIsRefused() {
        assertThatThrownBy(() -> Family.of(Runnable.class))
                .hasMessage("interface java.lang.Runnable is neither a record nor a sealed interface of records");
    }

    @Test
    void twoRecordsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Family.of(Ambiguous.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("have one name");
    }

    sealed interface Plain permits Only {}

    record Only() implements Plain {}

    sealed interface Ambiguous permits Only2.Same, Only3.Same {}

    interface Only2 {
        record Same() implements Ambiguous {}
    }

    interface Only3 {
        record Same() implements Ambiguous {}
    }
}
