package dev.tapetum.report;

import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.FeatureAssociationRow;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up features: one of the cue, which takes the mugs with it; one of errors, which nobody has asked about. */
final class SampleFeatures {
    static final double MIN_EFFECT = 0.02;

    private SampleFeatures() {}

    static Features features() {
        FeatureAssociationRow tag =
                association(AssociationKind.ATTRIBUTE, 12, "cue", "tag", 495, 480, 1493, 60, 0.97, 0.0001);
        FeatureAssociationRow none =
                association(AssociationKind.ATTRIBUTE, 12, "cue", "none", 1493, 60, 495, 480, 0.03, 0.0001);
        FeatureAssociationRow wrong =
                association(AssociationKind.ERROR, 40, "error", "wrong", 300, 90, 1688, 169, 0.61, 0.012);
        Features.Shown first = new Features.Shown(
                feature(12, 540),
                tag,
                List.of(none, tag),
                List.of(drawn(12, 0, "site-b/000.jpg", "cup", 1), drawn(12, 1, "site-c/400.jpg", "mug", 2)),
                List.of(
                        ablation(12, "*", "*", 1988, -0.1234, -0.004, 0.0012),
                        ablation(12, "cue", "tag", 495, -0.402, -0.011, 0.003)));
        Features.Shown second = new Features.Shown(feature(40, 259), wrong, List.of(wrong), List.of(), List.of());

        return new Features("models/sae", true, MIN_EFFECT, List.of(first, second), "");
    }

    /** One feature with this association and what taking it out did. */
    static Features of(@Nullable FeatureAssociationRow strongest, Features.@Nullable Ablation whole) {
        return new Features(
                "models/sae",
                strongest == null || strongest.qValue() != null,
                MIN_EFFECT,
                List.of(new Features.Shown(
                        feature(5, 100), strongest, List.of(), List.of(), whole == null ? List.of() : List.of(whole))),
                "");
    }

    /** Features all of whose texts are this one. */
    static Features hostile(String text) {
        FeatureAssociationRow row = association(AssociationKind.ATTRIBUTE, 5, text, text, 50, 10, 50, 5, 0.6, null);
        FeatureAblationRow itself = ablation(5, "none", text, text, text, 50, -0.1, null);

        return new Features(
                text,
                false,
                0,
                List.of(new Features.Shown(
                        feature(5, 15),
                        row,
                        List.of(row),
                        List.of(drawn(5, 0, text, text, 3)),
                        List.of(new Features.Ablation(text, itself, itself, itself)))),
                text);
    }

    static FeatureRow feature(int feature, long images) {
        return new FeatureRow("r", "models/sae", feature, images, images / 1988.0, 1.0, 2.0, false, List.of());
    }

    static FeatureAssociationRow association(
            AssociationKind kind,
            int feature,
            String attribute,
            String group,
            long n,
            long active,
            long nReference,
            long activeReference,
            double auroc,
            @Nullable Double q) {
        return new FeatureAssociationRow(
                "r",
                "models/sae",
                kind,
                attribute,
                group,
                feature,
                n,
                nReference,
                active,
                activeReference,
                auroc,
                1,
                null,
                null,
                0.95,
                q,
                q);
    }

    /** The 2 × 2 grid's activations are 1, 0.1, 0 and 0. */
    static Features.Drawn drawn(int feature, int rank, String imageId, String label, int seed) {
        ImageExample example = SampleRun.example(imageId, label, 0.9, seed);

        return new Features.Drawn(
                new FeatureExemplarRow("r", "models/sae", feature, rank, imageId, 1, 2, 2, new float[] {1, 0.1f, 0, 0}),
                example.prediction(),
                example.picture());
    }

    /** With what the controls do; every interval is a hundredth to either side, and one without 0 has a small q-value. */
    static Features.Ablation ablation(
            int feature, String attribute, String group, long n, double change, double other, double direction) {
        return new Features.Ablation(
                "",
                ablation(feature, "none", "mug", attribute, group, n, change, null),
                ablation(feature, "random-feature", "mug", attribute, group, n, other, change - other),
                ablation(feature, "random-direction", "mug", attribute, group, n, direction, change - direction));
    }

    private static FeatureAblationRow ablation(
            int feature,
            String control,
            String target,
            String attribute,
            String group,
            long n,
            double change,
            @Nullable Double difference) {
        double answer = difference == null ? change : difference;

        return new FeatureAblationRow(
                "r",
                "sae-feature(feature=" + feature + ")",
                "models/sae",
                feature,
                control,
                target,
                attribute,
                group,
                n,
                n,
                change,
                change - 0.01,
                change + 0.01,
                difference,
                difference == null ? null : difference - 0.01,
                difference == null ? null : difference + 0.01,
                0.95,
                null,
                Math.abs(answer) > 0.01 ? 0.001 : 0.4);
    }
}
