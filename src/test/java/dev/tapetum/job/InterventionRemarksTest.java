package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InterventionRemarksTest {

    @Test
    void theNumbersOfAClassAreOfTheImagesOnWhichItIsFollowed() {
        assertThat(classes("[ predicted ]"))
                .isEqualTo(
                        "The numbers of a class are of the edited images predicted as it, on which alone the plan follows"
                                + " it.");
        assertThat(classes("[ label, mug, cup ]"))
                .isEqualTo(
                        "The numbers of a class are of the edited images labelled as it, on which alone the plan follows"
                                + " it; those of mug, cup are of all edited images.");
        assertThat(classes("[ predicted, label ]")).contains("predicted as it or labelled as it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ all ]", "[ predicted, all ]", "[ mug, cup ]"})
    void whereEveryImageHasEveryClassThereIsNothingToSay(String targets) {
        assertThat(classes(targets)).isEmpty();
    }

    private static String classes(String targets) {
        return InterventionRemarks.classes(
                EditedImages.plan("[ brightness ]", "property-gradients.targets=" + targets));
    }
}
