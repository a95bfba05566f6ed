package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import dev.tapetum.stats.StatisticsSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PropertyEffectsTest {

    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 400, 0.05, 30, 7);
    private static final GroupLayout LAYOUT = new GroupLayout(List.of("site"), List.of("cat", "dog"), false);

    @Test
    void anEffectAboveTheSmallestOfImportanceIsFoundAndOneBelowIsNot() {
        List<PropertyEffect> effects = states(400, 0.2, 0.01, 1).effects(0.05);

        PropertyEffect large = effect(effects, "stamp", Group.WHOLE);
        assertThat(large.n()).isEqualTo(400);
        assertThat(large.expected()).isCloseTo(0.2, within(0.02));
        assertThat(large.signed()).isCloseTo(-large.expected(), within(1e-12));
        assertThat(large.expectedInterval().low()).isGreaterThan(0.05);
        assertThat(large.flipRate()).isBetween(0.4, 0.6);
        assertThat(large.qValue()).isLessThan(0.05);

        // Established to differ from zero, and to be of no importance.
        PropertyEffect small = effect(effects, "tint", Group.WHOLE);
        assertThat(small.expectedInterval().low()).isPositive();
        assertThat(small.pValue()).isGreaterThan(0.9);
        assertThat(small.qValue()).isEqualTo(1);
    }

    @Test
    void everyGroupHasItsOwnEffectsAndASmallOneNoVerdict() {
        GroupStates states = states(400, 0.2, 0.01, 1);
        for (int i = 0; i < 10; i++) {
            states.add(image("small " + i, "tiny", 0.4, 0.4, 1));
        }

        List<PropertyEffect> effects = states.effects(0.05);

        assertThat(effect(effects, "stamp", new Group("site", "a")).n()).isEqualTo(200);
        PropertyEffect tiny = effect(effects, "stamp", new Group("site", "tiny"));
        assertThat(tiny.expected()).isCloseTo(0.4, within(1e-12));
        assertThat(tiny.pValue()).isNaN();
        assertThat(tiny.qValue()).isNaN();
    }

    @Test
    void imagesCountByHowManyTheyStandFor() {
        // 100 images of 0.1 that stand for three each and 100 of 0.5 that stand for themselves: (3·0.1 + 0.5) / 4 =
        // 0.2.
        GroupStates states = new GroupStates(SETTINGS, LAYOUT);
        for (int i = 0; i < 100; i++) {
            states.add(image("low " + i, "a", 0.1, 0.1, 3));
            states.add(image("high " + i, "b", 0.5, 0.5, 1));
        }

        PropertyEffect effect = effect(states.effects(0.02), "stamp", Group.WHOLE);
        assertThat(effect.expected()).isCloseTo(0.2, within(1e-12));
        assertThat(effect.n()).isEqualTo(200);
        assertThat(effect.expectedInterval().low()).isBetween(0.15, 0.2);
    }

    /** Forty patients of five images, and the images of ten of them could be edited: fifty images, but ten independent units. */
    @Test
    void onlyThePatientsWhoseImagesAnsweredCount() {
        GroupLayout clustered = new GroupLayout(List.of("site"), List.of("cat", "dog"), true);
        GroupStates states = new GroupStates(SETTINGS, clustered);
        for (int patient = 0; patient < 80; patient++) {
            for (int i = 0; i < 5; i++) {
                String site = patient < 40 ? "a" : "b";
                boolean answered = patient % 40 < (patient < 40 ? 10 : 35);
                states.add(ofPatient("patient " + patient, i, site, answered));
            }
        }

        List<PropertyEffect> effects = states.effects(0.02);
        PropertyEffect few = effect(effects, "stamp", new Group("site", "a"));
        assertThat(few.n()).isEqualTo(50);
        assertThat(few.clusters()).isEqualTo(10);
        assertThat(few.pValue()).isNaN();
        PropertyEffect many = effect(effects, "stamp", new Group("site", "b"));
        assertThat(many.clusters()).isEqualTo(35);
        assertThat(many.pValue()).isLessThan(0.05);

        GroupStatistics statistics = states.finish();
        String metric = "property.expected-gradient.mean[stamp, *]";
        assertThat(Images.metric(statistics, metric, new Group("site", "a")).clusters())
                .isEqualTo(10);
        assertThat(Images.metric(statistics, metric, Group.WHOLE).clusters()).isEqualTo(45);
        assertThat(Images.metric(statistics, "accuracy", new Group("site", "a")).clusters())
                .isEqualTo(40);
        Gap gap = Images.gap(statistics, metric, new Group("site", "b"));
        assertThat(gap.referenceN()).isEqualTo(50);
        assertThat(gap.untested()).isTrue();
    }

    /**
     * Two images stand for a hundred each and 58 for themselves: Kish's effective number is (2·100 + 58)² / (2·100² + 58) = 3.3
     * of the 60.
     */
    @Test
    void aFewHeavyImagesAreNoGroupToJudge() {
        GroupStates states = new GroupStates(SETTINGS, LAYOUT);
        for (int i = 0; i < 60; i++) {
            states.add(image("heavy " + i, "a", 0.2 + 0.001 * i, 0.2, i < 2 ? 100 : 1));
            states.add(image("even " + i, "b", 0.2 + 0.001 * i, 0.2, 10.0 / 3));
        }

        List<PropertyEffect> effects = states.effects(0.02);
        PropertyEffect heavy = effect(effects, "stamp", new Group("site", "a"));
        assertThat(heavy.n()).isEqualTo(60);
        assertThat(heavy.clusters()).isEqualTo(60);
        assertThat(heavy.pValue()).isNaN();
        assertThat(effect(effects, "stamp", new Group("site", "b")).pValue()).isLessThan(0.05);
        Gap gap = Images.gap(states.finish(), "property.expected-gradient.mean[stamp, *]", new Group("site", "b"));
        assertThat(gap.untested()).isTrue();
    }

    /**
     * One patient of 300 images that stand for ten each and 59 of one image: 3,059² / (3,000² + 59) = 1.04 patients, although over
     * images the weights are nearly equal. The 60 patients of the other site have five images each.
     */
    @Test
    void aPatientWithMostOfTheImagesIsNoGroupToJudge() {
        GroupLayout clustered = new GroupLayout(List.of("site"), List.of("cat", "dog"), true);
        GroupStates states = new GroupStates(SETTINGS, clustered);
        for (int patient = 0; patient < 60; patient++) {
            for (int i = 0; i < (patient == 0 ? 300 : 1); i++) {
                states.add(ofPatient("a" + patient, i, "a", patient == 0 ? 10 : 1, 0.2 + 0.001 * (patient + i % 7)));
            }

            for (int i = 0; i < 5; i++) {
                states.add(ofPatient("b" + patient, i, "b", 10, 0.2 + 0.001 * (patient + i)));
            }
        }

        List<PropertyEffect> effects = states.effects(0.02);
        PropertyEffect heavy = effect(effects, "stamp", new Group("site", "a"));
        assertThat(heavy.n()).isEqualTo(359);
        assertThat(heavy.clusters()).isEqualTo(60);
        assertThat(heavy.pValue()).isNaN();
        assertThat(heavy.expectedInterval().low()).isNaN();
        assertThat(effect(effects, "stamp", new Group("site", "b")).pValue()).isLessThan(0.05);
        Gap gap = Images.gap(states.finish(), "property.expected-gradient.mean[stamp, *]", new Group("site", "b"));
        assertThat(gap.untested()).isTrue();
    }

    private static Observation ofPatient(String patient, int i, String site, double images, double value) {
        return Observation.scored(patient + " " + i, patient, Map.of("site", site), 0, 0, 0.5, Map.of())
                .responding(new Observation.Responses(
                        images,
                        Map.of(
                                "property.expected-gradient[stamp, *]",
                                value,
                                "property.signed-gradient[stamp, *]",
                                value,
                                "property.flip-rate[stamp, *]",
                                0.0)));
    }

    private static Observation ofPatient(String patient, int i, String site, boolean answered) {
        double value = 0.2 + 0.01 * i;
        Observation.Responses told = answered
                ? new Observation.Responses(
                        1,
                        Map.of(
                                "property.expected-gradient[stamp, *]",
                                value,
                                "property.signed-gradient[stamp, *]",
                                value,
                                "property.flip-rate[stamp, *]",
                                0.0))
                : new Observation.Responses(1, Map.of("property.expected-gradient[stamp, *]", Double.NaN));
        return Observation.scored(patient + " " + i, patient, Map.of("site", site), 0, 0, 0.5, Map.of())
                .responding(told);
    }

    /** At the bound itself a p-value is uniform: 300 runs, of which at most 5% + three standard errors of 1.26 points are below 0.05. */
    @Test
    void atTheBoundOneRunInTwentyIsSignificant() {
        int significant = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            GroupStates states = new GroupStates(new StatisticsSettings(0.95, 200, 0.05, 30, run), LAYOUT);
            SplitMix64 random = new SplitMix64(run);
            for (int i = 0; i < 60; i++) {
                double value = 0.05 + random.between(-0.04, 0.04);
                states.add(image("image " + i, "a", value, value, 1));
            }

            significant += effect(states.effects(0.05), "stamp", Group.WHOLE).pValue() < 0.05 ? 1 : 0;
        }

        assertThat(significant / (double) runs).isBetween(0.01, 0.09);
    }

    private static GroupStates states(int images, double large, double small, double weight) {
        GroupStates states = new GroupStates(SETTINGS, LAYOUT);
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < images; i++) {
            double noise = random.between(0.5, 1.5);
            states.add(image("image " + i, i % 2 == 0 ? "a" : "b", large * noise, small * noise, weight));
        }

        return states;
    }

    private static Observation image(String id, String site, double stamp, double tint, double weight) {
        return Observation.scored(id, null, Map.of("site", site), 0, 0, 0.5, Map.of())
                .responding(new Observation.Responses(
                        weight,
                        Map.of(
                                "property.expected-gradient[stamp, *]",
                                stamp,
                                "property.signed-gradient[stamp, *]",
                                -stamp,
                                "property.flip-rate[stamp, *]",
                                id.hashCode() % 2 == 0 ? 1.0 : 0.0,
                                "property.expected-gradient[tint, *]",
                                tint,
                                "property.signed-gradient[tint, *]",
                                tint,
                                "property.flip-rate[tint, *]",
                                0.0)));
    }

    private static PropertyEffect effect(List<PropertyEffect> effects, String editor, Group group) {
        return effects.stream()
                .filter(effect ->
                        effect.editor().equals(editor) && effect.group().equals(group))
                .findFirst()
                .orElseThrow();
    }
}
