package dev.tapetum.job;

import dev.tapetum.attributionmetric.MapDrift;
import dev.tapetum.fairness.ChangeStates;
import dev.tapetum.fairness.Family;
import dev.tapetum.fairness.MethodMeasure;
import dev.tapetum.fairness.PairedNumber;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.table.HeatMap;
import dev.tapetum.table.MapEncoding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image of both runs ({@link ImagePairs#sideBySide}) as numbers in pairs, under the names that the candidate's statistics
 * have. Numbers that one of the runs lacks are left out.
 */
record PairReader(ComparedParts compared) implements Serializable {

    private static final List<String> MEASURES = List.of("gini", "entropy", "positive_share", "mask_share");

    /** The candidate's image; groups are those of its attributes. */
    ChangeStates.Image image(Row row) {
        List<Row> images = row.getList(row.fieldIndex(ImagePairs.IMAGES));
        Row after = images.get(0).<Integer>getAs("side") == ImagePairs.AFTER ? images.get(0) : images.get(1);
        return ChangeStates.Image.of(
                row.getAs("image_id"),
                after.getAs("cluster"),
                after.getJavaMap(after.fieldIndex("attributes")),
                compared.partitions());
    }

    List<PairedNumber> numbers(Row row) {
        List<PairedNumber> numbers = new ArrayList<>();
        Sides rejects = Sides.of(row, ImagePairs.REJECTS);
        numbers.add(PairedNumber.rate(
                "reject-rate", Family.OUTCOME, rejects.has(ImagePairs.BEFORE), rejects.has(ImagePairs.AFTER)));
        Sides predictions = Sides.of(row, ImagePairs.PREDICTIONS);
        if (!predictions.has(ImagePairs.BEFORE) || !predictions.has(ImagePairs.AFTER)) {
            return numbers;
        }

        outcomes(predictions.first(ImagePairs.BEFORE), predictions.first(ImagePairs.AFTER), numbers);
        matched(Sides.of(row, ImagePairs.ATTRIBUTIONS), "method").forEach(pair -> explained(pair, numbers));
        matched(Sides.of(row, ImagePairs.MEASURED), "method", "metric").forEach(pair -> measured(pair, numbers));
        Sides gradients = Sides.of(row, ImagePairs.GRADIENTS);
        matched(gradients, "editor", "target").forEach(pair -> responded(pair, pair.after.getAs("target"), numbers));
        // An image's own class may be another one in the candidate.
        matched(gradients.own(), "editor").forEach(pair -> responded(pair, ResponseMeasure.OWN_TARGET, numbers));
        Sides features = Sides.of(row, ImagePairs.FEATURES);
        if (features.has(ImagePairs.BEFORE) && features.has(ImagePairs.AFTER)) {
            features(features.first(ImagePairs.BEFORE), features.first(ImagePairs.AFTER), numbers);
        }

        return numbers;
    }

    private void outcomes(Row before, Row after, List<PairedNumber> numbers) {
        Boolean wasCorrect = before.getAs("correct");
        Boolean isCorrect = after.getAs("correct");
        if (wasCorrect != null && isCorrect != null) {
            numbers.add(PairedNumber.rate("accuracy", Family.OUTCOME, wasCorrect, isCorrect));
        }

        String wasPredicted = before.getAs("predicted");
        String isPredicted = after.getAs("predicted");
        numbers.add(PairedNumber.agreement(wasPredicted.equals(isPredicted)));
        add("confidence", Family.OUTCOME, before.getAs("confidence"), after.getAs("confidence"), numbers);
        add("loss", Family.OUTCOME, before.getAs("loss"), after.getAs("loss"), numbers);
        add(
                "label-probability",
                Family.OUTCOME,
                before.getAs("label_probability"),
                after.getAs("label_probability"),
                numbers);
        boolean labelled = wasCorrect != null
                && isCorrect != null
                && before.<String>getAs("label").equals(after.<String>getAs("label"));
        Integer label = labelled ? after.getAs("label_index") : null;
        compared.classes().forEach((index, name) -> {
            boolean was = wasPredicted.equals(name);
            boolean is = isPredicted.equals(name);
            numbers.add(ofClass("selection-rate", name, was, is));
            if (label != null) {
                numbers.add(ofClass(index.equals(label) ? "true-positive-rate" : "false-positive-rate", name, was, is));
            }
        });
    }

    private static PairedNumber ofClass(String rate, String name, boolean was, boolean is) {
        return PairedNumber.rate(rate + "[" + name + "]", Family.CLASS_RATE, was, is);
    }

    private void explained(Pair pair, List<PairedNumber> numbers) {
        String method = label(compared.methods(), pair.after.getAs("method"));
        for (String measure : MEASURES) {
            add(
                    new MethodMeasure(measure.replace('_', '-'), method, "").mean(),
                    Family.EXPLANATION,
                    pair.before.getAs(measure),
                    pair.after.getAs(measure),
                    numbers);
        }

        Double deltaBefore = pair.before.getAs("completeness_delta");
        Double deltaAfter = pair.after.getAs("completeness_delta");
        if (deltaBefore != null && deltaAfter != null) {
            String metric = new MethodMeasure("completeness-error", method, "").mean();
            add(metric, Family.EXPLANATION, Math.abs(deltaBefore), Math.abs(deltaAfter), numbers);
        }

        // That maps of different classes differ says nothing of the model.
        if (pair.before.<String>getAs("target").equals(pair.after.<String>getAs("target"))) {
            float[] before = cells(pair.before);
            float[] after = cells(pair.after);
            numbers.add(PairedNumber.drift(
                    new MethodMeasure("rank-drift", method, "").mean(),
                    Family.EXPLANATION,
                    MapDrift.ofRanks(before, after)));
            numbers.add(PairedNumber.drift(
                    new MethodMeasure("cosine-drift", method, "").mean(),
                    Family.EXPLANATION,
                    MapDrift.ofCosine(before, after)));
        }
    }

    private static float[] cells(Row attribution) {
        String encoding = attribution.<String>getAs("encoding").toUpperCase(Locale.ROOT);
        return new HeatMap(
                        attribution.<Integer>getAs("rows"),
                        attribution.<Integer>getAs("cols"),
                        MapEncoding.valueOf(encoding),
                        attribution.getAs("map"))
                .cells();
    }

    private void measured(Pair pair, List<PairedNumber> numbers) {
        String method = label(compared.methods(), pair.after.getAs("method"));
        String name = pair.after.getAs("metric_name");
        String parameters = label(compared.metrics(), pair.after.getAs("metric"));
        add(
                new MethodMeasure(name, method, parameters).mean(),
                Family.EXPLANATION,
                pair.before.getAs("value"),
                pair.after.getAs("value"),
                numbers);
    }

    /** An image stands for as many others as it does in the candidate. */
    private void responded(Pair pair, String target, List<PairedNumber> numbers) {
        String editor = label(compared.editors(), pair.after.getAs("editor"));
        respond(ResponseMeasure.ofProperty(ResponseMeasure.EXPECTED_GRADIENT, editor, target), pair, numbers);
        respond(ResponseMeasure.ofProperty(ResponseMeasure.SIGNED_GRADIENT, editor, target), pair, numbers);
        respond(ResponseMeasure.ofProperty(ResponseMeasure.FLIP_RATE, editor, target), pair, numbers);
    }

    private void respond(ResponseMeasure measure, Pair pair, List<PairedNumber> numbers) {
        double[] values = switch (measure.measure()) {
            case ResponseMeasure.EXPECTED_GRADIENT -> number(pair, "expected_gradient");
            case ResponseMeasure.SIGNED_GRADIENT -> number(pair, "signed_gradient");
            default -> flipped(pair);
        };
        String metric = measure.mean();
        if (values != null && compared.responses().contains(metric)) {
            numbers.add(PairedNumber.mean(metric, Family.INTERVENTION, values[0], values[1])
                    .standingFor(pair.after.<Double>getAs("weight")));
        }
    }

    private static double @Nullable [] number(Pair pair, String column) {
        Double before = pair.before.getAs(column);
        Double after = pair.after.getAs(column);
        return before == null || after == null ? null : new double[] {before, after};
    }

    /** Flips count where there are gradients, as in the statistics of a run. */
    private static double @Nullable [] flipped(Pair pair) {
        Boolean before = pair.before.getAs("flipped");
        Boolean after = pair.after.getAs("flipped");
        return before == null || after == null || number(pair, "expected_gradient") == null
                ? null
                : new double[] {before ? 1 : 0, after ? 1 : 0};
    }

    private void features(Row before, Row after, List<PairedNumber> numbers) {
        List<Integer> wasActive = before.getList(before.fieldIndex("active"));
        List<Integer> isActive = after.getList(after.fieldIndex("active"));
        for (Integer feature : compared.features()) {
            numbers.add(PairedNumber.rate(
                    "feature-frequency[" + feature + "]",
                    Family.FEATURE,
                    wasActive.contains(feature),
                    isActive.contains(feature)));
        }
    }

    private static String label(Map<String, String> labels, String text) {
        return Objects.requireNonNull(labels.get(text), text);
    }

    private static void add(
            String metric, Family family, @Nullable Double before, @Nullable Double after, List<PairedNumber> numbers) {
        if (before != null && after != null) {
            numbers.add(PairedNumber.mean(metric, family, before, after));
        }
    }

    /** The parts of one kind that belong to each other. */
    private record Pair(Row before, Row after) {}

    private static List<Pair> matched(Sides sides, String... columns) {
        Map<List<Object>, Row> before = byKey(sides.of(ImagePairs.BEFORE), columns);
        List<Pair> pairs = new ArrayList<>();
        byKey(sides.of(ImagePairs.AFTER), columns).forEach((key, after) -> {
            Row match = before.get(key);
            if (match != null) {
                pairs.add(new Pair(match, after));
            }
        });
        return pairs;
    }

    private static Map<List<Object>, Row> byKey(List<Row> rows, String... columns) {
        Map<List<Object>, Row> byKey = new HashMap<>();
        rows.forEach(row -> byKey.put(key(row, columns), row));
        return byKey;
    }

    private static List<Object> key(Row row, String... columns) {
        List<Object> key = new ArrayList<>();
        for (String column : columns) {
            key.add(row.getAs(column));
        }

        return key;
    }

    /** Parts of one kind. */
    private record Sides(List<Row> rows) {
        static Sides of(Row row, String kind) {
            int index = Arrays.asList(row.schema().fieldNames()).indexOf(kind);
            return new Sides(index < 0 ? List.of() : row.getList(index));
        }

        List<Row> of(int side) {
            return rows.stream()
                    .filter(row -> row.<Integer>getAs("side") == side)
                    .toList();
        }

        boolean has(int side) {
            return rows.stream().anyMatch(row -> row.<Integer>getAs("side") == side);
        }

        Row first(int side) {
            return of(side).get(0);
        }

        Sides own() {
            return new Sides(
                    rows.stream().filter(row -> row.<Boolean>getAs("own")).toList());
        }
    }
}
