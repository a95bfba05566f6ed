package dev.tapetum.job;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Cost;
import dev.tapetum.prototype.Drawn;
import dev.tapetum.spec.CanonicalText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A drawing as it is committed, public for the encoder. Equality is by component, of {@code png} by identity.
 *
 * @param seed its number among those of its class and method, from 0
 * @param together how many seeds were drawn together, this one among them
 * @param startVariance null where the method looks for no start
 * @param forward evaluations that the drawing took; of seeds that were drawn together the first one's are those of all
 * @param gradient see {@code forward}
 */
@SuppressWarnings("ArrayRecordComponent")
public record DrawnRow(
        String className,
        int classIndex,
        int seed,
        int together,
        String method,
        String methodName,
        double logit,
        double probability,
        int steps,
        @Nullable Double startVariance,
        long forward,
        long gradient,
        byte[] png)
        implements Serializable {

    public DrawnRow {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(methodName, "methodName");
        Objects.requireNonNull(png, "png");
    }

    /** One row per seed of a unit. */
    static List<DrawnRow> of(DrawUnit unit, List<Drawn> drawn, Cost cost, InputSpec input) {
        int c = unit.classIndex();
        List<DrawnRow> rows = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            Drawn one = drawn.get(i);
            rows.add(new DrawnRow(
                    unit.className(),
                    c,
                    unit.numbers().get(i),
                    drawn.size(),
                    unit.text(),
                    CanonicalText.name((Record) unit.method()),
                    one.logit(c),
                    one.probability(c),
                    one.steps(),
                    Double.isNaN(one.startVariance()) ? null : one.startVariance(),
                    i == 0 ? cost.forwardMade() : 0,
                    i == 0 ? cost.gradientMade() : 0,
                    ImageEncoder.png(input.denormalised(one.values()).toRgb())));
        }

        return rows;
    }
}
