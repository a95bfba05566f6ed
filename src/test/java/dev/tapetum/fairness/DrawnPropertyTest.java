package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrawnPropertyTest {
    private static final DrawnProperty.Shown CORNER =
            new DrawnProperty.Shown(25, 25, 6, 1, List.of(0.96, 0.62, 0.27), List.of(0.72, 0.44, 0.43));

    private static DrawnProperty patch(DrawnProperty.@Nullable Shown shown) {
        return new DrawnProperty(
                "cat",
                "prototype()",
                new Group("patch", "yes"),
                null,
                "block3",
                4,
                1.05,
                0.1,
                -0.001,
                new Interval(0.35, 1.55, IntervalMethod.STUDENT),
                0.0001,
                shown);
    }

    private static DrawnProperty feature(Interval interval) {
        return new DrawnProperty(
                "cat", "prototype()", Group.WHOLE, 34, "block3", 4, 1, 0.05, 0.1, interval, 0.0123, null);
    }

    @Test
    void tellsHowFarDrawingsHaveGoneAndWhereItShows() {
        Finding finding = patch(CORNER).finding(Images.SETTINGS);

        assertThat(finding.statement())
                .isEqualTo(
                        "cat is drawn with patch = yes: of the way from images of the class without it to those with it, at"
                                + " block3, its 4 prototypes have gone 1.05 on average, its images 0.10 and other classes' prototypes 0.00"
                                + " (0.95 more, 95% interval 0.35 to 1.55, q < 0.001); in images it shows in rows 25 to 30, column 25,"
                                + " where the drawings are rgb(0.96, 0.62, 0.27) against rgb(0.72, 0.44, 0.43) elsewhere");
        assertThat(finding.kind()).isEqualTo(Finding.Kind.PROTOTYPE);
        assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTICE);
        assertThat(finding.metric()).isEqualTo("prototype[patch = yes, cat]");
        assertThat(finding.slice()).isEqualTo("patch = yes");
        assertThat(finding.evidence().n()).isEqualTo(4);
        assertThat(finding.evidence().value()).isEqualTo(1.05 - 0.1);
        assertThat(finding.query())
                .isEqualTo("SELECT * FROM prototype_readings WHERE method = 'prototype()' AND attribute = 'patch'"
                        + " AND `group` = 'yes' ORDER BY class_index");
    }

    @Test
    void whatHasNoPlaceIsToldWithoutOne() {
        assertThat(patch(null).finding(Images.SETTINGS).statement())
                .endsWith("(0.95 more, 95% interval 0.35 to 1.55, q < 0.001)");
    }

    @Test
    void aFeatureIsToldInShares() {
        Finding finding =
                feature(new Interval(0.4, 0.97, IntervalMethod.NEWCOMBE)).finding(Images.SETTINGS);

        assertThat(finding.statement())
                .isEqualTo(
                        "cat is drawn with feature 34: it is active in 100.0% of its 4 prototypes, in 5.0% of the images of"
                                + " the class and in 10.0% of other classes' prototypes (90.0 points more, 95% interval 40.0 to 97.0,"
                                + " q = 0.012)");
        assertThat(finding.metric()).isEqualTo("prototype[feature 34, cat]");
        assertThat(finding.group()).isEqualTo(Group.WHOLE);
        assertThat(finding.query())
                .isEqualTo("SELECT * FROM prototype_readings WHERE method = 'prototype()' AND feature = 34"
                        + " ORDER BY class_index");
        assertThat(feature(Interval.NONE).finding(Images.SETTINGS).statement())
                .endsWith("(90.0 points more, q = 0.012)");
    }

    @Test
    void thatNothingIsDrawnInComesWithWhatWasLookedFor() {
        Finding none = DrawnProperty.none(
                "prototype()",
                List.of(
                        new DrawnProperty.Looked(new Group("patch", "yes"), "block3", 0.998, true),
                        new DrawnProperty.Looked(new Group("vendor", "east"), "pixels", 0.53, false),
                        new DrawnProperty.Looked(new Group("vendor", "north"), "pixels", Double.NaN, false)),
                true,
                true,
                patch(CORNER),
                Images.SETTINGS);

        assertThat(none.statement())
                .isEqualTo(
                        "No property and no feature was established to be drawn into a class; of what was looked for, images tell patch = yes"
                                + " (area under the curve 1.00); images do not tell vendor = east (area under the curve 0.53),"
                                + " vendor = north (too few images with and without it in one class), so drawings cannot either. The nearest to it: cat with patch = yes, 1.05 (0.95 more,"
                                + " 95% interval 0.35 to 1.55, q < 0.001).");
        assertThat(none.found()).isFalse();
        assertThat(none.metric()).isEqualTo("prototype");
        assertThat(none.query())
                .isEqualTo(
                        "SELECT * FROM prototype_readings WHERE method = 'prototype()' ORDER BY difference DESC NULLS LAST");
    }

    @Test
    void nothingIsDeniedThatWasNotTested() {
        DrawnProperty.Looked told = new DrawnProperty.Looked(new Group("patch", "yes"), "block3", 0.998, true);
        DrawnProperty.Looked untold = new DrawnProperty.Looked(new Group("patch", "yes"), "block3", 0.6, false);

        assertThat(DrawnProperty.none("prototype()", List.of(told), false, false, null, Images.SETTINGS)
                        .statement())
                .isEqualTo(
                        "Whether a property is drawn into a class was not tested, which takes drawings of at least three"
                                + " classes; of what was looked for, images tell patch = yes (area under the curve 1.00).");
        assertThat(DrawnProperty.none("prototype()", List.of(untold), false, false, null, Images.SETTINGS)
                        .statement())
                .isEqualTo(
                        "Whether a property is drawn into a class cannot be told; images do not tell patch = yes (area"
                                + " under the curve 0.60), so drawings cannot either.");
    }

    @Test
    void itsFindingsAreKnownAmongOthers() {
        assertThat(DrawnProperty.tells(patch(null).finding(Images.SETTINGS))).isTrue();
        assertThat(DrawnProperty.tells(
                        DrawnProperty.none("prototype()", List.of(), false, true, null, Images.SETTINGS)))
                .isTrue();
        assertThat(DrawnProperty.tells(Finding.of(
                        Finding.Kind.NONE,
                        "No difference.",
                        new Evidence("accuracy", Group.WHOLE, 1, 0, Interval.NONE, Double.NaN),
                        "SELECT 1")))
                .isFalse();
    }
}
