package dev.tapetum.model.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.UserError;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.NoiseField;
import java.util.List;

/**
 * Asks a module that was just loaded about two images, and compares its answers with its card: what {@code model.conf} promises
 * is found missing here, with the file's name, and not in the middle of a run.
 *
 * <p>Running out of memory is no finding about a file: that passes through as the engine's own exception.
 *
 * @param file where the module comes from, for errors
 */
record ModuleCheck(ModelCard card, String file, TorchScript module) {

    /** Largest difference between {@code head(stem(x))} and {@code forward(x)} in float32. */
    private static final float TAP_TOLERANCE = 1e-4f;

    private static final int IMAGES = 2;

    /** Checks the shape of the logits, and each tap. */
    void logitsAndTaps() {
        try (NDManager manager = module.newManager()) {
            NDArray images = images(manager);
            NDArray logits = logits(images);
            Shape expected = new Shape(IMAGES, card.classes().size());
            if (!logits.getShape().equals(expected)) {
                throw new UserError(prefix() + " answers two images with " + logits.getShape()
                        + " values, but model.conf names " + card.classes().size() + " classes");
            }

            for (Tap tap : card.taps()) {
                check(tap, images, logits);
            }
        }
    }

    /** Checks that the method of each rule answers in the shapes that it should. */
    void rules() {
        for (Rule rule : card.rules()) {
            try (NDManager manager = module.newManager()) {
                check(rule, manager);
            }
        }
    }

    private NDArray images(NDManager manager) {
        InputSpec input = card.input();
        float[] values = new float[IMAGES * input.size()];
        NoiseField field = NoiseField.standardNormal(input.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = field.value(i);
        }

        return manager.create(values, new Shape(IMAGES, input.channels(), input.height(), input.width()));
    }

    private NDArray logits(NDArray images) {
        try {
            return module.run("forward", images);
        } catch (EngineException e) {
            InputSpec input = card.input();
            throw refusal(
                    " does not take two images of " + input.channels() + "x" + input.height() + "x" + input.width()
                            + ", as model.conf says: " + reason(e),
                    e);
        }
    }

    private void check(Tap tap, NDArray images, NDArray logits) {
        NDArray activation = answer(tap, "stem_", images);
        if (activation.size() != (long) IMAGES * tap.size()) {
            throw new UserError(prefix() + " gives " + activation.getShape() + " at tap '" + tap.name()
                    + "' for two images, not what model.conf says");
        }

        NDArray again = answer(tap, "head_", activation);
        float difference = again.sub(logits).abs().max().getFloat();
        float size = Math.max(1, logits.abs().max().getFloat());
        if (!(difference <= TAP_TOLERANCE * size)) {
            throw new UserError(prefix() + ": head_" + tap.name() + "(stem_" + tap.name()
                    + "(x)) differs from forward(x) by " + difference + "; export the bundle again");
        }
    }

    private NDArray answer(Tap tap, String part, NDArray input) {
        try {
            return module.run(part + tap.name(), input);
        } catch (EngineException e) {
            throw refusal(
                    ": " + part + tap.name() + ", for tap '" + tap.name() + "', cannot be run: " + reason(e)
                            + "; export the bundle again with that tap",
                    e);
        }
    }

    private void check(Rule rule, NDManager manager) {
        NDArray images = images(manager);
        NDList inputs = new NDList(images, manager.create(new long[IMAGES]));
        switch (rule) {
            case DEEP_LIFT, CURVATURE -> inputs.add(images.mul(0.5f));
            case RECT_GRAD, LRP_EPSILON -> inputs.add(manager.create(0.5f));
            case DECONVNET, GUIDED_BACKPROP, FULL_GRAD -> {}
        }

        String export = "; export the bundle again with --rules " + rule.text();
        NDList answers;
        try {
            answers = module.runWithGradient(rule.method(), inputs);
        } catch (EngineException e) {
            throw refusal(
                    ": " + rule.method() + ", for rule '" + rule.text() + "', cannot be run: " + reason(e) + export, e);
        }

        List<Shape> expected = List.of(new Shape(IMAGES, card.classes().size()), images.getShape(), new Shape(IMAGES));
        List<Shape> given = answers.stream().map(NDArray::getShape).toList();
        if (!given.equals(expected) || answers.stream().anyMatch(each -> each.getDataType() != DataType.FLOAT32)) {
            throw new UserError(prefix() + ": " + rule.method() + ", for rule '" + rule.text()
                    + "', answers two images with " + given + ", not with floats of " + expected + export);
        }
    }

    private RuntimeException refusal(String statement, EngineException e) {
        return DeviceMemory.ranOut(e) ? e : new UserError(prefix() + statement, e);
    }

    private String prefix() {
        return card.name() + ": " + file;
    }

    /** What went wrong, without TorchScript's trace: the last line says it. */
    static String reason(Exception e) {
        String last = String.valueOf(e.getMessage()).strip().lines().reduce("", (former, line) -> line);
        return last.replaceFirst("^RuntimeError: ", "").replaceFirst("\\.$", "");
    }
}
