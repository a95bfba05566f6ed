package dev.tapetum.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Three images, one of each fate: scored, rejected when decoded, rejected when scored. */
final class SampleEvidence {
    private SampleEvidence() {}

    static final DecodedPart DECODED = new DecodedPart(640, 480, 1234, "aa");
    static final PredictionPart PREDICTION =
            new PredictionPart("cat", 1, true, 0.75, 0.75, 1.5, 0.5, 0.3, new float[] {-1, 0.5f});
    static final RejectPart REJECT = new RejectPart(RejectStage.DECODE, "TOO_MANY_PIXELS", "It has 900 megapixels.");

    static final FeaturesPart FEATURES = new FeaturesPart(
            "models/sae",
            new int[] {2, 5, 7},
            new float[] {0.5f, 2, 1},
            List.of(new FeaturePart(5, 2, 0.75f, 3, 11), new FeaturePart(7, 1, 0.25f, 1, 0)),
            0.125);

    static final EvidenceRow SCORED =
            row("a.png", DECODED, null, PREDICTION, List.of(attribution("saliency"), attribution("occlusion")));

    static final EvidenceRow UNDECODABLE = row("b.png", null, REJECT, null, List.of());

    static final EvidenceRow UNSCORABLE = row(
            "c.png",
            new DecodedPart(32, 31, 99, "cc"),
            new RejectPart(RejectStage.SCORE, "not-finite", "Its logits are not finite."),
            null,
            List.of());

    static final List<EvidenceRow> ALL = List.of(SCORED, UNDECODABLE, UNSCORABLE);

    static EvidenceRow row(
            String imageId,
            @Nullable DecodedPart decoded,
            @Nullable RejectPart reject,
            @Nullable PredictionPart prediction,
            List<AttributionPart> attributions) {
        return new EvidenceRow(
                imageId,
                "file:/photos/" + imageId,
                3,
                "cat",
                1,
                Map.of("site", "north"),
                "patient-1",
                decoded,
                reject,
                prediction,
                attributions,
                List.of(),
                prediction == null ? null : FEATURES,
                List.of(),
                5,
                4,
                3,
                2);
    }

    static AttributionPart attribution(String method) {
        HeatMap map = HeatMap.of(1, 2, new float[] {1, -2}, MapEncoding.FLOAT16);
        return new AttributionPart(
                method + "()",
                method,
                "cat",
                1,
                0.5,
                null,
                -1,
                null,
                1,
                map.rows(),
                map.cols(),
                map.encoding(),
                map.map(),
                0.25,
                0.6,
                1 / 3.0,
                null,
                5 / 6.0,
                0.5,
                List.of(
                        new MetricPart("pointing-game()", "pointing-game", null, 1.0),
                        new MetricPart("agreement(correlation=spearman)", "agreement", "input-x-gradient", 0.5)));
    }
}
