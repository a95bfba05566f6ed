package dev.tapetum.probe;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Model;
import dev.tapetum.model.RuledModel;
import dev.tapetum.model.RuledModel.Fields;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TappedModel;
import dev.tapetum.probe.Contribution.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Any model as a device, in plain Java: the definition that other devices are held against. Sums are kept in doubles.
 */
public final class HostDevice implements Device {

    private final Model model;
    private final Map<String, Model> variants;

    public HostDevice(Model model) {
        this(model, Map.of());
    }

    /** @param variants changed copies of the model, by their names */
    public HostDevice(Model model, Map<String, Model> variants) {
        this.model = model;
        this.variants = Map.copyOf(variants);
    }

    @Override
    public InputSpec input() {
        return model.input();
    }

    @Override
    public HeldImage hold(float[] pixels) {
        if (pixels.length != input().size()) {
            throw new IllegalArgumentException(pixels.length + " floats for an input of " + input().size());
        }

        return new Held(pixels);
    }

    @Override
    public List<Reply> answer(List<Request> batch) {
        float[][] images = new float[batch.size()][];
        int[] targets = new int[batch.size()];
        for (int i = 0; i < images.length; i++) {
            Request request = batch.get(i);
            images[i] = request.probe().stimulus().render(held(request.image()).pixels, input());
            targets[i] = target(request.probe().ask());
        }

        Probe first = batch.get(0).probe();
        if (first.ask() instanceof Ask.Pixels) {
            return Arrays.stream(images).map(Reply::ofPixels).toList();
        }

        Model asked = first.variant() == null
                ? model
                : Objects.requireNonNull(variants.get(first.variant()), first.variant());
        if (first.ask() instanceof Ask.Activation activation) {
            return Arrays.stream(tapped(asked).activations(activation.tap(), images))
                    .map(Reply::ofActivation)
                    .toList();
        }

        if (first.ask() instanceof Ask.Features features) {
            return Arrays.stream(tapped(asked).activations(features.tap(), images))
                    .map(activation -> Reply.ofFeatures(ActiveFeatures.encoded(features, activation)))
                    .toList();
        }

        if (first.ask() instanceof Ask.Steered) {
            return steered(tapped(asked), batch, images);
        }

        float[][] logits = asked.logits(images);
        if (first.ask() instanceof Ask.TapGradient tapGradient) {
            return atTap(asked, tapGradient.tap(), images, targets, logits);
        }

        List<Reply> replies = new ArrayList<>();
        if (first.ask() instanceof Ask.Logits) {
            for (float[] own : logits) {
                replies.add(Reply.ofLogits(own));
            }

            return replies;
        }

        Fields fields = first.ask() instanceof Ask.RuleField rule
                ? ruled(asked, rule, batch, images, targets)
                : inputGradients(asked, batch, images, targets, logits);
        for (int i = 0; i < images.length; i++) {
            double[] along = use(batch.get(i), fields.values()[i]);
            replies.add(Reply.ofField(logits[i], along, fields.totals()[i]));
        }

        return replies;
    }

    @Override
    public float[] fetch(HeldImage image, Fetch fetch) {
        Held held = held(image);
        double[] sum = new double[input().size()];
        for (Fetch.Term term : fetch.terms()) {
            double[] slot = Objects.requireNonNull(held.slots.remove(term.slot()), "slot " + term.slot());
            double weight = term.weight() / divisor(term, slot);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * slot[i];
            }
        }

        Difference times = fetch.times();
        float[] factor = times == null ? null : times.render(held.pixels, input());
        float[] fetched = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            fetched[i] = (float) (factor == null ? sum[i] : sum[i] * factor[i]);
        }

        return fetched;
    }

    @Override
    public void close() {}

    private static double divisor(Fetch.Term term, double[] slot) {
        double total = Arrays.stream(slot).sum();
        return term.scale() == Fetch.Scale.AS_SUMMED || total == 0 ? 1 : total;
    }

    /** Logits by the model itself; what is made of several as the sum of the logits' gradients, each by its cotangent. */
    private static Fields inputGradients(
            Model asked, List<Request> batch, float[][] images, int[] targets, float[][] logits) {
        DifferentiableModel model = differentiable(asked);
        float[][] gradients = model.inputGradients(images, targets);
        double[] totals = new double[images.length];
        Arrays.fill(totals, Double.NaN);
        for (int i = 0; i < images.length; i++) {
            Ask.InputGradient ask = (Ask.InputGradient) batch.get(i).probe().ask();
            if (ask.of() != Ask.Output.LOGIT) {
                gradients[i] = pulledBack(model, images[i], ask.cotangent(logits[i]));
            }
        }

        return new Fields(gradients, totals);
    }

    private Fields ruled(Model asked, Ask.RuleField rule, List<Request> batch, float[][] images, int[] targets) {
        if (!(asked instanceof RuledModel ruled) || !ruled.rules().contains(rule.rule())) {
            throw new IllegalArgumentException(
                    "This model has no rule " + rule.rule().text());
        }

        List<float[]> against = new ArrayList<>();
        for (Request request : batch) {
            Stimulus other = ((Ask.RuleField) request.probe().ask()).against();
            if (other != null) {
                against.add(other.render(held(request.image()).pixels, input()));
            }
        }

        return ruled.fields(rule.rule(), images, targets, rule.parameter(), against.toArray(float[][]::new));
    }

    private static float[] pulledBack(DifferentiableModel model, float[] image, float[] cotangent) {
        double[] sum = new double[image.length];
        for (int k = 0; k < cotangent.length; k++) {
            float[] gradient = model.inputGradients(new float[][] {image}, new int[] {k})[0];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (double) cotangent[k] * gradient[i];
            }
        }

        float[] gradient = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            gradient[i] = (float) sum[i];
        }

        return gradient;
    }

    private static List<Reply> steered(TappedModel tapped, List<Request> batch, float[][] images) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            TapShift shift = ((Ask.Steered) batch.get(i).probe().ask()).shift();
            float[] activation = tapped.activations(shift.tap(), new float[][] {images[i]})[0];
            float[] shifted = shift.applied(activation);
            replies.add(Reply.ofLogits(tapped.headLogits(shift.tap(), new float[][] {shifted})[0]));
        }

        return replies;
    }

    private static List<Reply> atTap(Model asked, Tap tap, float[][] images, int[] targets, float[][] logits) {
        TappedModel tapped = tapped(asked);
        float[][] activations = tapped.activations(tap, images);
        float[][] gradients = tapped.tapGradients(tap, activations, targets);
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            replies.add(Reply.ofTap(logits[i], activations[i], gradients[i]));
        }

        return replies;
    }

    /** Adds one gradient to its sums and returns its derivatives along the directions asked. */
    private double[] use(Request request, float[] gradient) {
        Held held = held(request.image());
        for (Contribution contribution : request.contributions()) {
            Difference times = contribution.times();
            float[] factor = times == null ? null : times.render(held.pixels, input());
            Transform transform = contribution.transform();
            double[] slot = held.slots.computeIfAbsent(contribution.slot(), none -> new double[gradient.length]);
            for (int i = 0; i < gradient.length; i++) {
                float value = factor == null ? gradient[i] : gradient[i] * factor[i];
                slot[i] += contribution.weight() * transform.apply(value);
            }
        }

        double[] along = new double[request.along().size()];
        for (int d = 0; d < along.length; d++) {
            float[] direction = request.along().get(d).render(held.pixels, input());
            for (int i = 0; i < gradient.length; i++) {
                along[d] += (double) gradient[i] * direction[i];
            }
        }

        return along;
    }

    private static TappedModel tapped(Model asked) {
        if (asked instanceof TappedModel tapped) {
            return tapped;
        }

        throw new IllegalArgumentException("This model has no taps");
    }

    private static DifferentiableModel differentiable(Model asked) {
        if (asked instanceof DifferentiableModel differentiable) {
            return differentiable;
        }

        throw new IllegalArgumentException("This model has no gradients");
    }

    private static int target(Ask ask) {
        return ask instanceof Ask.OfClass ofClass ? ofClass.target() : -1;
    }

    private static Held held(HeldImage image) {
        return (Held) image;
    }

    private static final class Held implements HeldImage {

        private final float[] pixels;
        private final Map<Integer, double[]> slots = new HashMap<>();

        Held(float[] pixels) {
            this.pixels = pixels;
        }

        @Override
        public void close() {
            slots.clear();
        }
    }
}
