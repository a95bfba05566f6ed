package dev.tapetum.sae;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Finite;
import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Softmax;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.TapShift;
import java.util.List;
import java.util.stream.Stream;

/**
 * What images say of an autoencoder: how well it rebuilds their tokens, what the model makes of the rebuilt ones, and how large the
 * features get. All tokens of the grid count, prefix tokens stay as they are.
 */
public record Judgement(SaeMetrics metrics, LossRecovered loss, FeatureExtents extents) {

    /** Of no images. */
    public static Judgement none(int width, int features) {
        return new Judgement(SaeMetrics.none(width, features), LossRecovered.NONE, FeatureExtents.none(features));
    }

    /**
     * Judges by one image. An image whose tokens or logits are not finite numbers says nothing: {@link #none}.
     *
     * @param label index of its class, or −1, see {@link LossRecovered}
     */
    public static Program<Judgement> program(Tap tap, SparseAutoencoder autoencoder, int label) {
        Round round = questions(Stream.of(Ask.LOGITS, new Ask.Activation(tap)));
        return Program.asking(round, answers -> answers).then(answers -> shifted(tap, autoencoder, label, answers));
    }

    /** Of both sets of images. */
    public Judgement merge(Judgement other) {
        return new Judgement(metrics.merge(other.metrics), loss.merge(other.loss), extents.merge(other.extents));
    }

    /** What the sums say; of at least one image. */
    public Quality quality() {
        Quality ofTokens = metrics.quality();
        return new Quality(
                ofTokens.tokens(),
                ofTokens.normalisedMse(),
                ofTokens.l0(),
                ofTokens.deadFraction(),
                ofTokens.denseFraction(),
                loss.fraction());
    }

    private static Program<Judgement> shifted(Tap tap, SparseAutoencoder autoencoder, int label, Answers original) {
        float[] logits = original.get(0).logits();
        float[] tokens = tap.tokens(original.get(1).activation());
        if (!Finite.all(logits) || !Finite.all(tokens)) {
            return Program.done(none(autoencoder.width(), autoencoder.features()));
        }

        int width = autoencoder.width();
        float[] mean = autoencoder.normalisation().mean();
        List<SparseCode> codes = autoencoder.encodeAll(tokens);
        float[] toRebuilt = new float[tokens.length];
        float[] toMean = new float[tokens.length];
        for (int from = 0; from < tokens.length; from += width) {
            float[] rebuilt = autoencoder.decode(codes.get(from / width));
            for (int i = 0; i < width; i++) {
                toRebuilt[from + i] = rebuilt[i] - tokens[from + i];
                toMean[from + i] = mean[i] - tokens[from + i];
            }
        }

        Stream<Ask> asks = Stream.of(toRebuilt, toMean).map(shift -> new Ask.Steered(new TapShift.Dense(tap, shift)));
        int target = label >= 0 ? label : Logits.largest(logits);
        return Program.asking(
                questions(asks),
                answers -> new Judgement(
                        SaeMetrics.of(autoencoder, tokens, codes),
                        new LossRecovered(
                                1,
                                label >= 0 ? 1 : 0,
                                entropy(logits, target),
                                entropy(answers.get(0).logits(), target),
                                entropy(answers.get(1).logits(), target)),
                        FeatureExtents.of(autoencoder.features(), codes)));
    }

    private static Round questions(Stream<Ask> asks) {
        return Round.of(asks.map(ask -> new Probe(Stimulus.ORIGINAL, ask)).toArray(Probe[]::new));
    }

    private static double entropy(float[] logits, int target) {
        return -Softmax.of(logits).logProbability(target);
    }
}
