package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.image.ColourMap;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Painter;
import dev.tapetum.probe.Device.Request;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.GaussianBlur;
import dev.tapetum.probe.NoiseField;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Builds the tensors of a batch of stimuli from what lies on the hardware, kind by kind: all blends of a batch at once,
 * all noisy ones at once. Means the same as {@link Stimulus#render}.
 */
final class Renderer {

    private final DjlModel model;
    private final NDManager constants;
    private final InputSpec input;
    private final Map<Stimulus.Solid, NDArray> solids = new HashMap<>();

    /** @param constants owns what is kept for the life of the device */
    Renderer(DjlModel model, NDManager constants) {
        this.model = model;
        this.constants = constants;
        this.input = model.card().input();
    }

    /** One stimulus per request: {@code n × channels × height × width}. */
    NDArray render(NDManager scratch, List<Request> batch, Function<Request, Stimulus> stimulus) {
        return render(
                scratch,
                batch.stream().map(request -> (HeldTensors) request.image()).toList(),
                batch.stream().map(stimulus).toList());
    }

    /** One {@code to − from} per direction: {@code n × channels × height × width}. */
    NDArray difference(NDManager scratch, List<HeldTensors> images, List<Difference> directions) {
        NDArray to =
                render(scratch, images, directions.stream().map(Difference::to).toList());
        NDArray from = render(
                scratch, images, directions.stream().map(Difference::from).toList());
        return to.sub(from);
    }

    /** Some rows of a tensor, copied in one call; the tensor itself when it is all of them in order. */
    NDArray rows(NDArray tensor, List<Integer> rows) {
        boolean all = rows.size() == tensor.getShape().get(0);
        long[] wanted = new long[rows.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = rows.get(i);
            all &= wanted[i] == i;
        }

        return all ? tensor : tensor.get(new NDIndex("{}", tensor.getManager().create(wanted)));
    }

    private NDArray render(NDManager scratch, List<HeldTensors> images, List<? extends Stimulus> stimuli) {
        Map<Class<?>, List<Integer>> kinds = new LinkedHashMap<>();
        for (int i = 0; i < stimuli.size(); i++) {
            kinds.computeIfAbsent(stimuli.get(i).getClass(), kind -> new ArrayList<>())
                    .add(i);
        }

        if (kinds.size() == 1) {
            return renderKind(scratch, images, stimuli);
        }

        NDList drawn = new NDList();
        Integer[] places = new Integer[stimuli.size()];
        int place = 0;
        for (List<Integer> members : kinds.values()) {
            drawn.add(renderKind(
                    scratch,
                    members.stream().map(images::get).toList(),
                    members.stream().map(stimuli::get).toList()));
            for (int member : members) {
                places[member] = place++;
            }
        }

        return rows(NDArrays.concat(drawn), List.of(places));
    }

    @SuppressWarnings("unchecked") // the caller has grouped the stimuli by class
    private NDArray renderKind(NDManager scratch, List<HeldTensors> images, List<? extends Stimulus> stimuli) {
        Stimulus first = stimuli.get(0);
        if (first instanceof Stimulus.Blend) {
            return blends(scratch, images, (List<Stimulus.Blend>) stimuli);
        }

        if (first instanceof Stimulus.Noisy) {
            return noisy(scratch, images, (List<Stimulus.Noisy>) stimuli);
        }

        if (first instanceof Stimulus.Masked) {
            return masked(scratch, images, (List<Stimulus.Masked>) stimuli);
        }

        if (first instanceof Stimulus.Blurred) {
            return blurred(scratch, images, (List<Stimulus.Blurred>) stimuli);
        }

        if (first instanceof Stimulus.Recoloured) {
            return recoloured(scratch, images, (List<Stimulus.Recoloured>) stimuli);
        }

        if (first instanceof Stimulus.Painted) {
            return painted(scratch, images, (List<Stimulus.Painted>) stimuli);
        }

        NDList single = new NDList();
        for (int i = 0; i < stimuli.size(); i++) {
            single.add(kept(scratch, images.get(i), stimuli.get(i)));
        }

        NDArray stacked = NDArrays.stack(single);
        stacked.attach(scratch);
        return stacked;
    }

    private NDArray kept(NDManager scratch, HeldTensors image, Stimulus stimulus) {
        if (stimulus instanceof Stimulus.Original) {
            return image.original();
        }

        return stimulus instanceof Stimulus.Solid solid
                ? solids.computeIfAbsent(solid, s -> constants.create(s.render(new float[0], input), shape()))
                : image.drawn(stimulus, scratch);
    }

    private NDArray blends(NDManager scratch, List<HeldTensors> images, List<Stimulus.Blend> blends) {
        NDArray from = render(
                scratch, images, blends.stream().map(Stimulus.Blend::from).toList());
        NDArray to =
                render(scratch, images, blends.stream().map(Stimulus.Blend::to).toList());
        float[] alphas = new float[blends.size()];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = (float) blends.get(i).alpha();
        }

        return to.sub(from).muli(perImage(scratch, alphas)).addi(from);
    }

    private NDArray noisy(NDManager scratch, List<HeldTensors> images, List<Stimulus.Noisy> noisy) {
        NDArray of =
                render(scratch, images, noisy.stream().map(Stimulus.Noisy::of).toList());
        NoiseField field = NoiseField.standardNormal(input.size());
        NDList windows = new NDList();
        float[] sigmas = new float[noisy.size()];
        for (int i = 0; i < sigmas.length; i++) {
            Stimulus.Noisy one = noisy.get(i);
            int start = field.offset(one.seed(), input.size());
            NDArray window = model.noise().get(new NDIndex().addSliceDim(start, start + input.size()));
            window.attach(scratch);
            windows.add(window);
            sigmas[i] = (float) one.sigma();
        }

        NDArray noise = NDArrays.stack(windows).reshape(shape(sigmas.length));
        return noise.muli(perImage(scratch, sigmas)).addi(of);
    }

    private NDArray masked(NDManager scratch, List<HeldTensors> images, List<Stimulus.Masked> masked) {
        NDArray of =
                render(scratch, images, masked.stream().map(Stimulus.Masked::of).toList());
        NDArray fill = render(
                scratch, images, masked.stream().map(Stimulus.Masked::fill).toList());
        float[] inside = new float[masked.size() * input.pixels()];
        for (int i = 0; i < masked.size(); i++) {
            masked.get(i).inside().paint(inside, i * input.pixels(), input);
        }

        NDArray mask = scratch.create(inside, new Shape(masked.size(), 1, input.height(), input.width()));
        return fill.mul(mask).addi(of.mul(mask.mul(-1).addi(1)));
    }

    /** A blur is a matrix along the columns and one along the rows; equal blurs of one image are made once. */
    private NDArray blurred(NDManager scratch, List<HeldTensors> images, List<Stimulus.Blurred> blurred) {
        Map<Blur, Integer> places = new LinkedHashMap<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < blurred.size(); i++) {
            rows.add(places.computeIfAbsent(new Blur(images.get(i), blurred.get(i)), none -> places.size()));
        }

        List<Blur> blurs = List.copyOf(places.keySet());
        NDArray of = render(
                scratch,
                blurs.stream().map(Blur::image).toList(),
                blurs.stream().map(blur -> blur.stimulus().of()).toList());
        NDArray down = matrices(scratch, blurs, input.height());
        NDArray across = matrices(scratch, blurs, input.width()); // symmetric, so it is its own transpose
        return rows(down.matMul(of).matMul(across), rows);
    }

    private record Blur(HeldTensors image, Stimulus.Blurred stimulus) {}

    /** {@code n × 1 × length × length}. */
    private static NDArray matrices(NDManager scratch, List<Blur> blurs, int length) {
        float[] matrices = new float[blurs.size() * length * length];
        for (int i = 0; i < blurs.size(); i++) {
            float[] matrix = GaussianBlur.matrix(length, blurs.get(i).stimulus().sigma());
            System.arraycopy(matrix, 0, matrices, i * matrix.length, matrix.length);
        }

        return scratch.create(matrices, new Shape(blurs.size(), 1, length, length));
    }

    /**
     * On normalised values: {@code z' = (M(z·std + mean) + b − mean) / std} is affine in z too, so its factors and offsets are
     * folded on the JVM, and the device does one product and one cut.
     */
    private NDArray recoloured(NDManager scratch, List<HeldTensors> images, List<Stimulus.Recoloured> recoloured) {
        NDArray of = render(
                scratch,
                images,
                recoloured.stream().map(Stimulus.Recoloured::of).toList());
        int channels = input.channels();
        float[] factors = new float[recoloured.size() * channels * channels];
        float[] offsets = new float[recoloured.size() * channels];
        for (int i = 0; i < recoloured.size(); i++) {
            ColourMap map = recoloured.get(i).map();
            for (int to = 0; to < channels; to++) {
                double std = input.std().get(to);
                double offset = map.offset().get(to) - input.mean().get(to);
                for (int from = 0; from < channels; from++) {
                    double factor = map.factor(to, from);
                    offset += factor * input.mean().get(from);
                    factors[(i * channels + to) * channels + from] =
                            (float) (factor * input.std().get(from) / std);
                }

                offsets[i * channels + to] = (float) (offset / std);
            }
        }

        int count = recoloured.size();
        NDArray changed = scratch.create(factors, new Shape(count, channels, channels))
                .matMul(of.reshape(count, channels, input.pixels()))
                .addi(scratch.create(offsets, new Shape(count, channels, 1)))
                .reshape(shape(count));
        return cutOff(scratch, changed);
    }

    /** Every value cut off at its channel's black and white. */
    private NDArray cutOff(NDManager scratch, NDArray values) {
        return values.maximum(level(scratch, 0)).minimum(level(scratch, 1));
    }

    private NDArray level(NDManager scratch, float v) {
        float[] levels = new float[input.channels()];
        for (int c = 0; c < levels.length; c++) {
            levels[c] = input.level(v).get(c);
        }

        return scratch.create(levels, new Shape(1, levels.length, 1, 1));
    }

    /** All that a painter is to paint for this call goes to it at once, equal pictures of one image as one. */
    private NDArray painted(NDManager scratch, List<HeldTensors> images, List<Stimulus.Painted> painted) {
        Map<Picture, Integer> places = new LinkedHashMap<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < painted.size(); i++) {
            rows.add(places.computeIfAbsent(new Picture(images.get(i), painted.get(i)), none -> places.size()));
        }

        Map<Painter, List<Picture>> byPainter = new LinkedHashMap<>();
        places.keySet()
                .forEach(picture -> byPainter
                        .computeIfAbsent(picture.stimulus().painter(), none -> new ArrayList<>())
                        .add(picture));
        float[] values = new float[places.size() * input.size()];
        byPainter.forEach((painter, pictures) -> {
            List<PlanarImage> done = painter.paint(
                    pictures.stream().map(picture -> picture.commission(input)).toList());
            for (int i = 0; i < done.size(); i++) {
                int place = Objects.requireNonNull(places.get(pictures.get(i)));
                System.arraycopy(input.normalised(done.get(i)), 0, values, place * input.size(), input.size());
            }
        });
        return rows(scratch.create(values, shape(places.size())), rows);
    }

    private record Picture(HeldTensors image, Stimulus.Painted stimulus) {

        Painter.Commission commission(InputSpec input) {
            return stimulus.commission(image.pixels(), input);
        }
    }

    private static NDArray perImage(NDManager scratch, float[] values) {
        return scratch.create(values, new Shape(values.length, 1, 1, 1));
    }

    private Shape shape() {
        return new Shape(input.channels(), input.height(), input.width());
    }

    private Shape shape(int images) {
        return new Shape(images, input.channels(), input.height(), input.width());
    }
}
