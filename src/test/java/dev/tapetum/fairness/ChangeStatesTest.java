package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.stats.IntervalMethod;
import dev.tapetum.stats.MomentSums;
import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.StatisticsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeStatesTest {
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 400, 0.05, 30, 7);
    private static final List<Partition> SITE = List.of(Partition.by("site"));
    private static final double ROUNDING = 1e-12;

    /** One image of a test: where it is from, and its numbers. */
    private record Case(String id, @Nullable String cluster, String site, PairedNumber number) {}

    private static Case accuracy(int i, String site, boolean before, boolean after) {
        return new Case("i" + i, null, site, PairedNumber.rate("accuracy", Family.OUTCOME, before, after));
    }

    private static Case loss(int i, String site, double before, double after) {
        return new Case("i" + i, null, site, PairedNumber.mean("loss", Family.OUTCOME, before, after));
    }

    private static ChangeStates states(boolean clustered, List<Case> cases) {
        ChangeStates states = new ChangeStates(SETTINGS, SITE, clustered, cases.get(0).number);
        for (Case one : cases) {
            ChangeStates.Image image = ChangeStates.Image.of(one.id, one.cluster, Map.of("site", one.site), SITE);
            states.add(image, one.number);
        }

        return states;
    }

    private static List<PairedChange> changes(List<Case> cases) {
        return states(false, cases).changes();
    }

    private static PairedChange of(List<PairedChange> changes, Group group) {
        return changes.stream()
                .filter(one -> one.change().group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private static final Group NORTH = new Group("site", "north");
    private static final Group SOUTH = new Group("site", "south");

    /** North: of 40 images 30 right both times, 8 lost, 1 gained, 1 wrong both times. South: 20 right. */
    private static List<Case> answers() {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            cases.add(accuracy(i, "north", i < 38, i < 30 || i == 38));
        }

        for (int i = 40; i < 60; i++) {
            cases.add(accuracy(i, "south", true, true));
        }

        return cases;
    }

    @Test
    void aShareChangesByWhatIsGainedLessWhatIsLost() {
        List<PairedChange> changes = changes(answers());
        PairedChange north = of(changes, NORTH);

        assertThat(north.change().n()).isEqualTo(40);
        assertThat(north.change().before()).isCloseTo(38.0 / 40, within(ROUNDING));
        assertThat(north.change().after()).isCloseTo(31.0 / 40, within(ROUNDING));
        assertThat(north.change().difference()).isCloseTo(-7.0 / 40, within(ROUNDING));
        assertThat(north.lost()).isEqualTo(8);
        assertThat(north.gained()).isEqualTo(1);
        // Nine coins, of which one fell the other way: (2 · 1 + 9)/512.
        assertThat(north.change().pValue()).isCloseTo(11.0 / 512, within(ROUNDING));
        assertThat(north.change().interval().high()).isNegative();
        PairedChange whole = of(changes, Group.WHOLE);
        assertThat(whole.change().n()).isEqualTo(60);
        assertThat(whole.change().difference()).isCloseTo(-7.0 / 60, within(ROUNDING));
    }

    @Test
    void intersectionsAreGroupsToo() {
        List<Partition> partitions =
                List.of(Partition.by("site"), Partition.by("tag"), new Partition(List.of("site", "tag")));
        ChangeStates states =
                new ChangeStates(SETTINGS, partitions, false, answers().get(0).number);
        for (int i = 0; i < 60; i++) {
            Case one = answers().get(i);
            Map<String, String> attributes = Map.of("site", one.site, "tag", i < 38 ? "yes" : "no");
            states.add(ChangeStates.Image.of(one.id, null, attributes, partitions), one.number);
        }

        // Of the first 38 images, all north, the last 8 are lost.
        PairedChange tagged = of(states.changes(), partitions.get(2).group(List.of("north", "yes")));
        assertThat(tagged.change().n()).isEqualTo(38);
        assertThat(tagged.lost()).isEqualTo(8);
        assertThat(tagged.gained()).isZero();
        assertThat(of(states.changes(), Group.WHOLE).change().n()).isEqualTo(60);
    }

    /** What is kept by bucket is what a bootstrap needs, and only the change has one. */
    @Test
    void aStateOfMeansIsLittleMoreThanTheBootstrapOfTheChange() throws IOException {
        PoissonWeights poisson = new PoissonWeights(SETTINGS);
        PairedMean mean = new PairedMean(false, poisson);
        MomentSums change = new MomentSums(poisson);
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            double before = random.nextDouble();
            double after = random.nextDouble();
            String unit = "i" + i;
            mean.add(PairedNumber.mean("loss", Family.OUTCOME, before, after), unit, poisson.bucket(unit));
            change.add(after - before, poisson.bucket(unit));
        }

        assertThat(bytes(mean)).isLessThan(bytes(change) + 2000);
    }

    private static int bytes(Serializable state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }

        return bytes.size();
    }

    @Test
    void aSmallGroupIsToldAndNotJudged() {
        Change south = of(changes(answers()), SOUTH).change();

        assertThat(south.n()).isEqualTo(20);
        assertThat(south.difference()).isZero();
        assertThat(south.untested()).isTrue();
        assertThat(south.interval().low()).isNaN();
        assertThat(south.minimumDetectable())
                .isCloseTo(
                        of(changes(answers()), Group.WHOLE).change().minimumDetectable() * Math.sqrt(3),
                        within(ROUNDING));
    }

    @Test
    void aMeanChangesByTheMeanOfTheChanges() {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cases.add(loss(i, "north", i, i + (i % 2 == 0 ? 1 : 2)));
        }

        cases.add(loss(60, "north", 5, Double.NaN));
        cases.add(loss(61, "north", Double.POSITIVE_INFINITY, 1));
        Change north = of(changes(cases), NORTH).change();

        assertThat(north.n()).isEqualTo(60);
        assertThat(north.before()).isCloseTo(29.5, within(ROUNDING));
        assertThat(north.after()).isCloseTo(31, within(ROUNDING));
        assertThat(north.difference()).isCloseTo(1.5, within(ROUNDING));
        // Far narrower than what the spread of the losses (17) would give for images of their own: 2 · 17 · √(2/60).
        assertThat(north.interval().high() - north.interval().low()).isBetween(0.15, 0.4);
        // 1.5 is 23 standard errors: far less than 1/401, as small as 400 replicates can say.
        assertThat(north.pValue()).isBetween(Double.MIN_NORMAL, 1e-12);
    }

    @Test
    void turningTheRunsTurnsTheSigns() {
        List<Case> cases = new ArrayList<>();
        List<Case> turned = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            double before = random.nextGaussian();
            double after = before + 0.1 * random.nextGaussian();
            cases.add(loss(i, i < 60 ? "north" : "south", before, after));
            turned.add(loss(i, i < 60 ? "north" : "south", after, before));
        }

        List<PairedChange> one = changes(cases);
        List<PairedChange> other = changes(turned);
        for (Group group : List.of(Group.WHOLE, NORTH, SOUTH)) {
            Change here = of(one, group).change();
            Change there = of(other, group).change();
            assertThat(here.difference()).isCloseTo(-there.difference(), within(ROUNDING));
            assertThat(here.before()).isCloseTo(there.after(), within(ROUNDING));
            assertThat(here.interval().low()).isCloseTo(-there.interval().high(), within(1e-9));
            assertThat(here.pValue()).isEqualTo(there.pValue());
        }
    }

    @Test
    void aRunBesideItselfHasNotChanged() {
        List<Case> rates = new ArrayList<>();
        List<Case> means = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            rates.add(accuracy(i, "north", i % 3 == 0, i % 3 == 0));
            means.add(loss(i, "north", 0.1 * i, 0.1 * i));
        }

        for (List<Case> cases : List.of(rates, means)) {
            for (boolean clustered : new boolean[] {false, true}) {
                assertThat(states(clustered, cases).changes()).allSatisfy(one -> {
                    assertThat(one.change().difference()).isZero();
                    assertThat(one.change().pValue()).isEqualTo(1);
                    assertThat(one.change().interval().excludesZero()).isFalse();
                });
            }
        }
    }

    @Test
    void mergedStatesAreThoseOfOnePass() {
        List<Case> cases = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 120; i++) {
            cases.add(loss(i, i % 3 == 0 ? "north" : "south", random.nextDouble(), random.nextDouble()));
        }

        ChangeStates merged = states(false, cases.subList(0, 50));
        merged.merge(states(false, cases.subList(50, 120)));
        List<PairedChange> once = changes(cases);

        assertThat(merged.changes()).hasSameSizeAs(once);
        for (PairedChange one : once) {
            Change other = of(merged.changes(), one.change().group()).change();
            assertThat(other.difference()).isCloseTo(one.change().difference(), within(1e-12));
            assertThat(other.interval().low()).isCloseTo(one.change().interval().low(), within(1e-9));
            assertThat(other.pValue()).isEqualTo(one.change().pValue());
        }
    }

    /** Forty patients of ten images each, all of which change together: forty units, not four hundred. */
    @Test
    void clustersAreTheUnits() {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int patient = i / 10;
            boolean changes = patient % 10 == 0;
            cases.add(new Case(
                    "i" + i,
                    "patient " + patient,
                    "north",
                    PairedNumber.rate("accuracy", Family.OUTCOME, changes, !changes)));
        }

        // As if 40 were lost and 360 gained; now the other way round for most, so that the change is of four patients.
        List<Case> few = cases.stream()
                .map(one -> one.number.before() == 1
                        ? one
                        : new Case(
                                one.id,
                                one.cluster,
                                one.site,
                                PairedNumber.rate("accuracy", Family.OUTCOME, true, true)))
                .toList();
        Change byImage = of(changes(few), NORTH).change();
        Change byPatient = of(states(true, few).changes(), NORTH).change();

        assertThat(byPatient.difference()).isCloseTo(byImage.difference(), within(ROUNDING));
        assertThat(byImage.pValue()).isLessThan(1e-9);
        assertThat(byPatient.pValue()).isGreaterThan(0.01);
        assertThat(of(states(true, few).changes(), NORTH).lost()).isEqualTo(40);
    }

    /** Forty patients of ten images each, of which the first so many lose their answer in all of their images. */
    private static List<Case> lost(int patients, boolean agreement) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean kept = i / 10 >= patients;
            cases.add(new Case(
                    "i" + i,
                    "patient " + i / 10,
                    "north",
                    agreement
                            ? PairedNumber.agreement(kept)
                            : PairedNumber.rate("accuracy", Family.OUTCOME, true, kept)));
        }

        return cases;
    }

    /** A bootstrap of patients none of whom changed would say that none ever will. */
    @Test
    void patientsOfWhomNoneChangedClaimNoCertainty() {
        Change accuracy = of(states(true, lost(0, false)).changes(), NORTH).change();
        Change agreement = of(states(true, lost(0, true)).changes(), NORTH).change();

        // Wilson's 40 of 40 from z²/(40 + z²) = 0.0876 below 1, in both runs; those of 400 images would reach 0.0095.
        assertThat(accuracy.interval().low()).isCloseTo(-0.0876, within(1e-4));
        assertThat(accuracy.interval().high()).isCloseTo(0.0876, within(1e-4));
        assertThat(accuracy.pValue()).isEqualTo(1);
        // (1.960 + 0.842) · √(1/42) / √40, that of forty images.
        assertThat(accuracy.minimumDetectable()).isCloseTo(0.0684, within(1e-4));
        assertThat(agreement.interval().low()).isCloseTo(-0.0876, within(1e-4));
        assertThat(agreement.interval().high()).isZero();
    }

    @Test
    void fewPatientsWhoChangedAreTestedByMcNemarAndManyByTheBootstrap() {
        Change four = of(states(true, lost(4, false)).changes(), NORTH).change();
        Change five = of(states(true, lost(5, false)).changes(), NORTH).change();

        // Four coins that fell the same way, with half of what is as extreme: 2 · 0 + 1/16.
        assertThat(four.pValue()).isEqualTo(1.0 / 16);
        assertThat(four.interval().method()).isEqualTo(IntervalMethod.NEWCOMBE_PAIRED);
        assertThat(four.interval().low()).isLessThan(four.difference());
        assertThat(five.interval().method()).isEqualTo(IntervalMethod.POISSON_PERCENTILE);
    }

    @Test
    void driftAndAgreementAreDescribedAndNotTested() {
        List<Case> drift = new ArrayList<>();
        List<Case> agreement = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            drift.add(new Case("i" + i, null, "north", PairedNumber.drift("d", Family.EXPLANATION, i % 2)));
            agreement.add(new Case("i" + i, null, "north", PairedNumber.agreement(i < 90)));
        }

        Change distance = of(changes(drift), NORTH).change();
        PairedChange same = of(changes(agreement), NORTH);

        assertThat(distance.before()).isZero();
        assertThat(distance.after()).isEqualTo(0.5);
        assertThat(distance.untested()).isTrue();
        assertThat(distance.interval().low()).isBetween(0.35, 0.45);
        assertThat(same.change().before()).isEqualTo(1);
        assertThat(same.change().after()).isEqualTo(0.9);
        assertThat(same.change().difference()).isCloseTo(-0.1, within(ROUNDING));
        assertThat(same.lost()).isEqualTo(10);
        assertThat(same.change().untested()).isTrue();
        // Wilson's interval of 90 of 100, less one.
        assertThat(same.change().interval().low()).isCloseTo(0.8256 - 1, within(1e-4));
        assertThat(same.change().interval().high()).isCloseTo(0.9448 - 1, within(1e-4));
    }

    /** 600 comparisons without a change: 5% ± 2.7% is three standard errors, 30% ± 5.6%. */
    @Test
    void pValuesOfTheBootstrapAreUniformWhereNothingChanged() {
        Random random = new Random(9);
        int small = 0;
        int middling = 0;
        for (int simulation = 0; simulation < 600; simulation++) {
            List<Case> cases = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                double before = Math.exp(random.nextGaussian());
                cases.add(new Case(
                        simulation + "/" + i,
                        null,
                        "north",
                        PairedNumber.mean("loss", Family.OUTCOME, before, before + random.nextGaussian())));
            }

            double p = of(changes(cases), NORTH).change().pValue();
            small += p <= 0.05 ? 1 : 0;
            middling += p <= 0.3 ? 1 : 0;
        }

        assertThat(small / 600.0).isBetween(0.023, 0.077);
        assertThat(middling / 600.0).isBetween(0.244, 0.356);
    }

    @Test
    void theTestsOfAnAttributeAndAKindAreCorrectedTogether() {
        List<PairedChange> all = new ArrayList<>(changes(answers()));
        List<Case> losses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            losses.add(loss(i, "north", 1, 1 + (i % 2 == 0 ? 0.1 : -0.1)));
        }

        all.addAll(changes(losses));
        List<PairedChange> corrected = PairedChange.corrected(all, SETTINGS);

        Change north = corrected.stream()
                .map(PairedChange::change)
                .filter(one -> one.metric().equals("accuracy") && one.group().equals(NORTH))
                .findFirst()
                .orElseThrow();
        // Two tests of sites; of both families, all images and sites, at least one discovery each.
        assertThat(north.qValue()).isCloseTo(2 * 11.0 / 512, within(1e-9));
        assertThat(corrected)
                .extracting(one -> one.change().metric())
                .startsWith("accuracy")
                .endsWith("loss");
        assertThat(corrected)
                .filteredOn(one -> one.change().untested())
                .allMatch(one -> Double.isNaN(one.change().qValue()));
    }
}
