package dev.tapetum.report;

import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.GroupStates;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.MethodMeasure;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.RunStatistics;
import dev.tapetum.fairness.TrustLimits;
import dev.tapetum.image.RgbImage;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.HeatMap;
import dev.tapetum.table.MapEncoding;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.RejectRow;
import dev.tapetum.table.RejectStage;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up run to look at and to test with: site B is worse, site E has few images, class mug leans on a cue, and
 * vendor makes no difference. {@code main} writes its report into a folder.
 */
final class SampleRun {
    static final String RUN = "night-7";
    static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 600, 0.05, 30, 7);

    private static final List<String> CLASSES = List.of("bowl", "cup", "jug", "mug", "vase");
    private static final List<String> SITES = List.of("A", "B", "C", "D");
    private static final String SALIENCY = "saliency()";
    private static final String GRADIENTS = "integrated-gradients(baseline=black,tolerance=0.01)";
    private static final int IMAGES = 2000;
    private static final List<String> METHODS = List.of(SALIENCY, GRADIENTS, "grad-cam", "occlusion");
    private static final List<Explanations.Measured> MEASURED = List.of(
            measured("model-parameter-randomisation", "(correlation=spearman)"),
            measured("deletion", "(baseline=mean,steps=28)"),
            topK("sign(epsilon=0.03)", false),
            topK("top-k-attack(k=0.02)", true));

    private SampleRun() {}

    private static Explanations.Measured measured(String name, String parameters) {
        return new Explanations.Measured(name, name + parameters, "", false);
    }

    /** The run has it twice, so that its name alone does not tell it. */
    private static Explanations.Measured topK(String perturbation, boolean attack) {
        String text = "top-k(k=0.02,perturbation=" + perturbation + ",samples=1)";
        return new Explanations.Measured("top-k", text, text, attack);
    }

    public static void main(String[] folder) throws IOException {
        Path to = Files.createDirectories(Path.of(folder[0]));
        Files.writeString(to.resolve("report.html"), ReportPages.html(report()));
        Files.writeString(to.resolve("report.md"), ReportPages.markdown(report()));
    }

    static Report report() {
        return report(new TrustLimits(0.5, 0.1, false));
    }

    static Report report(TrustLimits limits) {
        GroupStatistics statistics = statistics();
        List<ExplanationTrust> trust = ExplanationTrust.all(METHODS, statistics.metrics(), limits, SETTINGS);
        List<GroupMetricRow> metrics = new ArrayList<>(rows(statistics, false));
        metrics.addAll(SampleInterventions.corruptions(""));
        List<Gate> gate = List.of(new Gate("accuracy", "site", 0.05), new Gate("accuracy", "vendor", 0.1));
        RunStatistics judged = new RunStatistics(statistics.metrics(), statistics.gaps(), trust, limits, null);
        List<GateVerdict> verdicts = GateVerdict.all(gate, judged, SETTINGS);
        Established established = Established.of(judged, verdicts, List.of(), SETTINGS);

        return new Report(
                run(IMAGES, 12),
                "photos/manifest.csv",
                "models/pottery",
                SETTINGS,
                verdicts,
                established.findings(),
                metrics,
                statistics.gaps().stream().map(SampleRun::row).toList(),
                rejects(),
                worst(),
                explanations(statistics, trust, established),
                SampleInterventions.interventions(),
                SampleFeatures.features(),
                SampleSlices.slices(),
                SamplePrototypes.prototypes());
    }

    /** A run of which no image could be scored. */
    static Report empty() {
        return of(run(0, 0), Interventions.NONE, List.of(), Features.NONE);
    }

    /** Explanations all of whose names are this text. */
    static Explanations hostile(String name) {
        ExplanationTrust trust = new ExplanationTrust(name, ExplanationTrust.Verdict.NOT_EVIDENCE, false, name);
        Explanations.Measured measured = new Explanations.Measured(name, name, "", false);
        Explanations.Measured stable = new Explanations.Measured("top-k", "top-k", "", false);
        String mean = new MethodMeasure(name, name, "").mean();
        String stability = new MethodMeasure("top-k", name, "").mean();

        return new Explanations(
                List.of(trust),
                new Established(List.of(), List.of(new Established.LeftOut(trust, 2))),
                List.of(measured, stable),
                List.of(new Explanations.PairAgreement(name, name, name, name, 0.5, 9)),
                List.of(metric(mean, Group.TARGET, name, 0.5), metric(stability, Group.TARGET, name, 0.5)),
                List.of(example(name, name, 0.5, 0)),
                name);
    }

    /** The sample with other parts. */
    static Report with(RunRow run, List<GroupMetricRow> metrics, List<GapRow> gaps) {
        return new Report(
                run,
                "photos",
                "models/pottery",
                SETTINGS,
                List.of(),
                List.of(),
                metrics,
                gaps,
                List.of(),
                List.of(),
                Explanations.NONE,
                Interventions.NONE,
                Features.NONE,
                Slices.NONE,
                Prototypes.NONE);
    }

    /** A report that says nothing but these. */
    static Report of(Interventions interventions, List<GroupMetricRow> metrics) {
        return of(run(2000, 12), interventions, metrics, Features.NONE);
    }

    /** A report that says nothing but these. */
    static Report of(Features features) {
        return of(run(2000, 12), Interventions.NONE, List.of(), features);
    }

    private static Report of(RunRow run, Interventions interventions, List<GroupMetricRow> metrics, Features features) {
        return new Report(
                run,
                "photos",
                "models/pottery",
                SETTINGS,
                List.of(),
                List.of(),
                metrics,
                List.of(),
                List.of(),
                List.of(),
                Explanations.NONE,
                interventions,
                features,
                Slices.NONE,
                Prototypes.NONE);
    }

    static GroupMetricRow metric(String metric, String attribute, String group, @Nullable Double value) {
        Double low = value == null ? null : value - 0.02;
        Double high = value == null ? null : value + 0.02;

        return new GroupMetricRow(
                RUN, metric, attribute, group, 100, 100, value, low, high, 0.95, value == null ? "none" : "wilson");
    }

    static GapRow gap(String metric, String attribute, String group, double difference, @Nullable Double q) {
        return new GapRow(
                RUN,
                metric,
                attribute,
                group,
                Gap.OTHERS,
                100,
                300,
                difference,
                null,
                q == null ? null : difference - 0.02,
                q == null ? null : difference + 0.02,
                q,
                q,
                0.05);
    }

    static RunRow run(long input, long rejected) {
        return run(RunStatus.COMPLETE, null, input, rejected);
    }

    static RunRow run(RunStatus status, @Nullable String message, long input, long rejected) {
        return new RunRow(
                RUN,
                Instant.parse("2026-03-01T22:00:00Z"),
                status == RunStatus.RUNNING ? null : Instant.parse("2026-03-01T22:02:41Z"),
                status,
                GateStatus.NONE,
                message,
                "dataset {\n  manifest = \"photos/manifest.csv\"\n}\nrun {\n  seed = 7\n}",
                "0f".repeat(32),
                "1e".repeat(32),
                "2d".repeat(32),
                Map.of(),
                null,
                "0.1.0",
                input,
                input - rejected,
                rejected,
                412_000,
                203_441,
                101_000,
                99_120,
                "cpu, 2 threads",
                161.4);
    }

    private static GroupStatistics statistics() {
        Random random = new Random(7);
        GroupLayout layout = new GroupLayout(List.of("site", "vendor", "cue"), CLASSES, false, true);
        GroupStates states = new GroupStates(SETTINGS, layout);

        for (int i = 0; i < IMAGES; i++) {
            String site = i % 160 == 0 ? "E" : SITES.get(random.nextInt(SITES.size()));
            boolean cue = random.nextInt(4) == 0;
            Map<String, String> attributes = Map.of(
                    "site", site, "vendor", random.nextBoolean() ? "north" : "south", "cue", cue ? "tag" : "none");
            int label = random.nextInt(CLASSES.size());
            String id = "image-" + i;

            if (i % 167 == 0) {
                states.add(Observation.rejected(id, null, attributes, label));
                continue;
            }

            double right = site.equals("B") ? 0.78 : 0.92;
            boolean lured = cue && random.nextInt(3) == 0;
            int predicted = lured ? 3 : random.nextDouble() < right ? label : random.nextInt(CLASSES.size());
            double confidence = Math.min(1, Math.max(0.2, 0.88 + 0.08 * random.nextGaussian()));
            double share = (cue ? 0.52 : 0.68) + 0.1 * random.nextGaussian();
            Map<String, Double> summaries = measured(random);
            summaries.put("attribution.mask-share[" + SALIENCY + "]", share);
            summaries.put("attribution.mask-share[" + GRADIENTS + "]", share + 0.05);
            summaries.put("attribution.mask-share[grad-cam]", share + 0.1);
            states.add(Observation.scored(id, null, attributes, label, predicted, confidence, summaries)
                    .explaining(CLASSES.get(predicted)));
        }

        return states.finish();
    }

    /** Every measure of every method, around a mean that depends on both. */
    private static Map<String, Double> measured(Random random) {
        Map<String, Double> summaries = new HashMap<>();

        for (int m = 0; m < METHODS.size(); m++) {
            double noise = 0.05 * random.nextGaussian();
            summaries.put(new MethodMeasure("gini", METHODS.get(m), "").summary(), 0.4 + 0.1 * m + noise);

            for (Explanations.Measured metric : MEASURED) {
                double mean = switch (metric.name()) {
                    case "model-parameter-randomisation" -> m == 2 ? 0.83 : 0.1 * m;
                    case "top-k" -> metric.attack() ? 0.2 + 0.05 * m : 0.6 + 0.1 * m;
                    default -> 0.3 + 0.1 * m;
                };
                summaries.put(
                        new MethodMeasure(metric.name(), METHODS.get(m), metric.parameters()).summary(), mean + noise);
            }
        }

        return summaries;
    }

    private static Explanations explanations(
            GroupStatistics statistics, List<ExplanationTrust> trust, Established established) {
        List<Explanations.PairAgreement> agreement = new ArrayList<>();

        for (int a = 0; a < METHODS.size(); a++) {
            for (int b = 0; b < METHODS.size(); b++) {
                if (a != b) {
                    double mean = a + b == 3 ? -0.04 : 0.2 * (a + b);
                    agreement.add(new Explanations.PairAgreement(
                            "agreement(correlation=spearman)",
                            "agreement",
                            METHODS.get(a),
                            METHODS.get(b),
                            mean,
                            IMAGES - 12));
                }
            }
        }

        return new Explanations(
                trust,
                established,
                MEASURED,
                agreement,
                rows(statistics, true),
                List.of(example("site-c/400.jpg", "cup", 0.71, 1), example("site-d/010.jpg", "jug", 0.84, 4)),
                "The image in the middle.");
    }

    private static List<GroupMetricRow> rows(GroupStatistics statistics, boolean byTarget) {
        return statistics.metrics().stream()
                .filter(metric -> metric.group().attribute().equals(Group.TARGET) == byTarget)
                .map(SampleRun::row)
                .toList();
    }

    private static GroupMetricRow row(GroupMetric metric) {
        return new GroupMetricRow(
                RUN,
                metric.metric().name(),
                metric.group().attribute(),
                metric.group().value(),
                metric.n(),
                metric.clusters(),
                orNull(metric.value()),
                orNull(metric.interval().low()),
                orNull(metric.interval().high()),
                metric.confidence(),
                metric.interval().method().text());
    }

    private static GapRow row(Gap gap) {
        return new GapRow(
                RUN,
                gap.metric().name(),
                gap.group().attribute(),
                gap.group().value(),
                Gap.OTHERS,
                gap.n(),
                gap.referenceN(),
                orNull(gap.difference()),
                orNull(gap.ratio()),
                orNull(gap.interval().low()),
                orNull(gap.interval().high()),
                orNull(gap.pValue()),
                orNull(gap.qValue()),
                orNull(gap.minimumDetectable()));
    }

    private static @Nullable Double orNull(double number) {
        return Double.isNaN(number) ? null : number;
    }

    private static List<RejectCount> rejects() {
        return List.of(
                new RejectCount(
                        RejectStage.DECODE,
                        "truncated",
                        9,
                        List.of(reject("photos/site-b/0412.jpg", "The file ends within the picture.", "truncated"))),
                new RejectCount(
                        RejectStage.READ,
                        "empty",
                        3,
                        List.of(reject("photos/site-c/0007.png", "The file has no bytes.", "empty"))));
    }

    static RejectRow reject(String uri, String message, String reason) {
        return new RejectRow(RUN, uri, uri, RejectStage.DECODE, reason, message, Map.of("site", "B"));
    }

    private static List<GroupExamples> worst() {
        List<ImageExample> images = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            images.add(example("site-b/00" + i + ".jpg", "cup", 0.97 - 0.06 * i, i));
        }

        return List.of(
                new GroupExamples(
                        "site", "B", "accuracy at site = B is lower", "Its images of the highest loss.", images),
                new GroupExamples(
                        "cue",
                        "tag",
                        "accuracy at cue = tag is lower",
                        "Its images of the highest loss.",
                        List.of(example("site-a/071.jpg", "bowl", 0.93, 5))));
    }

    static ImageExample example(String id, String label, double confidence, int seed) {
        PredictionRow prediction = new PredictionRow(
                RUN,
                id,
                label,
                1,
                "mug",
                3,
                false,
                confidence,
                1 - confidence,
                2.0,
                0.3,
                3.1,
                new float[CLASSES.size()],
                Map.of("site", "B"));

        return new ImageExample(
                prediction,
                picture(seed),
                List.of(
                        attribution(id, SALIENCY, "saliency", map(seed, false)),
                        attribution(id, GRADIENTS, "integrated-gradients", map(seed, true)),
                        attribution(id, "grad-cam(tap=block3)", "grad-cam", map(seed + 1, false)),
                        attribution(id, "occlusion(patch=8)", "occlusion", map(seed + 2, true))));
    }

    /** An image of noise under the maps of twelve methods. */
    static ImageExample noisy(String id, int seed) {
        Random random = new Random(seed);
        byte[] rgb = new byte[3 * 224 * 224];
        random.nextBytes(rgb);
        List<AttributionRow> maps = new ArrayList<>();

        for (int m = 0; m < 12; m++) {
            maps.add(attribution(id, "method-" + m, "method-" + m, map(seed, true)));
        }

        return new ImageExample(example(id, "cup", 0.5, seed).prediction(), new RgbImage(224, 224, rgb), maps);
    }

    private static AttributionRow attribution(String id, String method, String name, float[] cells) {
        HeatMap map = HeatMap.of(16, 16, cells, MapEncoding.FLOAT16);

        return new AttributionRow(
                RUN,
                id,
                method,
                name,
                "mug",
                3,
                4.2,
                null,
                3.9,
                null,
                50,
                16,
                16,
                map.encoding(),
                map.map(),
                0.6,
                4.1,
                0.8,
                null,
                0.4,
                0.5);
    }

    private static float[] map(int seed, boolean signed) {
        float[] cells = new float[16 * 16];

        for (int i = 0; i < cells.length; i++) {
            double x = i % 16 - 5 - seed;
            double y = i / 16 - 7;
            double against = signed ? 0.6 * Math.exp(-((x - 6) * (x - 6) + (y + 3) * (y + 3)) / 6) : 0;
            cells[i] = (float) (Math.exp(-(x * x + y * y) / 8) - against);
        }

        return cells;
    }

    /** A round thing on a table. */
    static RgbImage picture(int seed) {
        int size = 128;
        byte[] rgb = new byte[3 * size * size];

        for (int y = 0, at = 0; y < size; y++) {
            for (int x = 0; x < size; x++, at += 3) {
                double dx = (x - 52 - 4 * seed) / 30.0;
                double dy = (y - 64) / 36.0;
                boolean inside = dx * dx + dy * dy < 1;
                double light = inside ? 0.95 - 0.35 * (dx + dy + 1) / 2 : y > 84 ? 0.42 : 0.72 + 0.1 * y / size;
                rgb[at] = (byte) (255 * light * (inside ? 0.85 : 0.95));
                rgb[at + 1] = (byte) (255 * light * (inside ? 0.55 + 0.05 * seed : 0.9));
                rgb[at + 2] = (byte) (255 * light * (inside ? 0.4 : 0.82));
            }
        }

        return new RgbImage(size, size, rgb);
    }
}
