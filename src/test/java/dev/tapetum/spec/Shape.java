package dev.tapetum.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A family that has one of everything a family may have. */
@Discriminator("shape")
sealed interface Shape permits Shape.Dot, Shape.Disc, Shape.Group, Shape.Labelled, Shape.Closed {
    record Dot() implements Shape {}

    record Disc(double radius, int maxSteps, Colour colour) implements Shape {
        public Disc {
            if (!(radius > 0)) {
                throw new IllegalArgumentException("radius must be above zero, not " + radius);
            }

            if (maxSteps < 1) {
                throw new IllegalArgumentException("maxSteps must be at least 1, not " + maxSteps);
            }

            if (radius > maxSteps) {
                throw new IllegalArgumentException("A disc this large needs more steps");
            }
        }
    }

    record Group(Shape of, List<Shape> others, Frame frame) implements Shape {}

    record Labelled(
            @Nullable String title,
            List<String> tags,
            Map<String, String> notes,
            float weight,
            long size,
            boolean visible,
            @Nullable Integer order)
            implements Shape {}

    /** Families nest; the members of the inner one belong to the outer one. */
    sealed interface Closed extends Shape permits InputXGradient {}

    record InputXGradient(Angle angle) implements Closed {}

    record Frame(int width, @Nullable Colour colour) {}

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Angle(int degrees) implements Word {
        static Angle parse(String text) {
            if (!text.endsWith("deg")) {
                throw new IllegalArgumentException("must end in deg, not '" + text + "'");
            }

            return new Angle(Integer.parseInt(text.substring(0, text.length() - 3)));
        }

        @Override
        public String text() {
            return degrees + "deg";
        }
    }
}
