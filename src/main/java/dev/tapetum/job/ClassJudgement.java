package dev.tapetum.job;

import dev.tapetum.model.Tap;
import dev.tapetum.prototype.MeanPath;
import dev.tapetum.prototype.PathDistance;
import dev.tapetum.table.PathPart;
import dev.tapetum.table.PrototypeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the drawings of a class are judged by.
 *
 * @param images that are in the mean
 * @param mean path of the class; null without an image
 * @param natural mean distance of held-out images of the class from it; null without such
 * @param other mean distance of images of other classes; null without such
 */
record ClassJudgement(
        long images,
        @Nullable MeanPath mean,
        @Nullable PathDistance natural,
        @Nullable PathDistance other) {

    /** Of a class without images, or of a model without taps. */
    static final ClassJudgement NONE = new ClassJudgement(0, null, null, null);

    /** @param path of the drawing; null where it cannot be told */
    PrototypeRow row(String runId, DrawnRow drawn, @Nullable List<float[]> path, List<Tap> taps) {
        PathDistance distance = mean == null || path == null ? null : mean.distance(path);
        return new PrototypeRow(
                runId,
                drawn.className(),
                drawn.classIndex(),
                drawn.seed(),
                drawn.method(),
                drawn.methodName(),
                drawn.logit(),
                drawn.probability(),
                drawn.steps(),
                drawn.startVariance(),
                images,
                of(distance, PathDistance::l1),
                of(distance, PathDistance::spearman),
                of(natural, PathDistance::l1),
                of(natural, PathDistance::spearman),
                of(other, PathDistance::l1),
                of(other, PathDistance::spearman),
                distance == null ? List.of() : parts(distance, taps),
                drawn.png());
    }

    private List<PathPart> parts(PathDistance distance, List<Tap> taps) {
        List<PathPart> parts = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            PathDistance.AtTap own = distance.taps().get(i);
            PathDistance.AtTap ofNatural =
                    natural == null ? null : natural.taps().get(i);
            PathDistance.AtTap ofOther = other == null ? null : other.taps().get(i);
            parts.add(new PathPart(
                    taps.get(i).name(),
                    own.l1(),
                    own.spearman(),
                    of(ofNatural, PathDistance.AtTap::l1),
                    of(ofNatural, PathDistance.AtTap::spearman),
                    of(ofOther, PathDistance.AtTap::l1),
                    of(ofOther, PathDistance.AtTap::spearman)));
        }

        return parts;
    }

    private static <T> @Nullable Double of(@Nullable T distance, ToDoubleFunction<T> value) {
        return distance == null ? null : value.applyAsDouble(distance);
    }
}
