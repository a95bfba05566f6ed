package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.SaeTraining;
import dev.tapetum.config.Sample;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.sae.Objective;
import dev.tapetum.spec.Nearest;
import dev.tapetum.table.MapEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the training of a plan will take, about: which images are held out shows only when they are listed.
 *
 * @param tap whose tokens are harvested
 * @param images that are harvested
 * @param heldOut images that are not
 * @param tokens of the harvest
 * @param bytes of the harvest, before Parquet compresses them
 * @param steps of training
 * @param seen how often training sees each token
 */
public record SaeForecast(Tap tap, long images, long heldOut, long tokens, long bytes, long steps, double seen) {

    /**
     * Of a plan whose images are counted.
     *
     * @param listed images of the dataset, before a sample is drawn
     * @throws UserError with file and line, where training would be refused
     */
    public static SaeForecast of(PlanFile file, ModelCard card, long listed) {
        return ofDrawn(file, card, drawn(file.plan().dataset().sample(), listed));
    }

    /** Of so many images. */
    static SaeForecast ofDrawn(PlanFile file, ModelCard card, long drawn) {
        SaeTraining training = file.plan().sae().training();
        Tap tap = tap(file, card);
        long heldOut = Math.round(drawn * training.heldOut());
        long tokens =
                Math.multiplyExact(drawn - heldOut, (long) taken(training, tap).tokens());
        if (tokens < training.batch()) {
            throw file.error(
                    "sae.training.batch",
                    "a batch has " + training.batch() + " tokens, and the harvest will have only " + tokens + " of "
                            + (drawn - heldOut)
                            + " images; take more images, more tokens-per-image or a smaller batch");
        }

        int width = training.encoding() == MapEncoding.FLOAT16 ? Short.BYTES : Float.BYTES;
        return new SaeForecast(
                tap,
                drawn - heldOut,
                heldOut,
                tokens,
                tokens * tap.channels() * width,
                training.tokens() / training.batch(),
                (double) training.tokens() / tokens);
    }

    /**
     * The tap of a plan.
     *
     * @throws UserError with file and line, where the model cannot run or has no such tap, or an objective cannot be trained there
     */
    static Tap tap(PlanFile file, ModelCard card) {
        Plan plan = file.plan();
        if (!card.is(DifferentiableModel.class)) {
            throw file.error(
                    "model.path",
                    plan.model().path()
                            + " is an ONNX bundle, which this release reads but cannot run; export the model as"
                            + " TorchScript with submit/export_model.py");
        }

        List<Tap> taps = card.taps();
        if (taps.isEmpty()) {
            throw file.error(
                    "model.path",
                    plan.model().path() + " has no taps, and autoencoders are trained on the activations at one; export"
                            + " the model with --tap");
        }

        String name = plan.sae().training().tap();
        Tap tap = name == null
                ? taps.get(taps.size() - 1)
                : taps.stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> file.error(
                                "sae.training.tap",
                                "the model has no tap '" + name + "'"
                                        + Nearest.hint(
                                                name,
                                                "taps",
                                                taps.stream().map(Tap::name).toList())));
        List<Objective> objectives = plan.sae().training().objectives();
        for (int i = 0; i < objectives.size(); i++) {
            try {
                objectives.get(i).features(tap.channels());
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw file.error(
                        "sae.training.objectives[" + i + "]",
                        e.getMessage() + ", at tap '" + tap.name() + "' of " + tap.channels() + " channels");
            }
        }

        return tap;
    }

    static HarvestTask.Taken taken(SaeTraining training, Tap tap) {
        Integer perImage = training.tokensPerImage();
        int tokens = perImage == null ? tap.positions() : Math.min(perImage, tap.positions());
        return new HarvestTask.Taken(tap, tokens, training.encoding());
    }

    private static long drawn(@Nullable Sample sample, long listed) {
        if (sample == null) {
            return listed;
        }

        return sample.isFraction() ? Math.round(sample.fraction() * listed) : Math.min(sample.count(), listed);
    }
}
