package dev.tapetum.job;

import dev.tapetum.prototype.MeanPath;
import dev.tapetum.prototype.PathDistance;
import dev.tapetum.table.PrototypeRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of drawings, class by class, from the images and drawings of each class in the order of their {@link Side}. */
final class PathRows implements Iterator<PrototypeRow> {

    private final Iterator<Ready> items;
    private final Paths paths;
    private final String runId;
    private final Consumer<Boolean> images;
    private final Deque<PrototypeRow> rows = new ArrayDeque<>();
    private @Nullable Ready ahead;

    /** @param images hears of each image whether it could not be used */
    PathRows(Iterator<Ready> items, Paths paths, String runId, Consumer<Boolean> images) {
        this.items = items;
        this.paths = paths;
        this.runId = runId;
        this.images = images;
    }

    /**
     * An image or a drawing as the model's input. Equality is by component, of {@code pixels} by identity.
     *
     * @param drawn null for an image
     * @param pixels null for an image that cannot be read
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Ready(int classIndex, Side side, @Nullable DrawnRow drawn, float @Nullable [] pixels) {}

    @Override
    public boolean hasNext() {
        for (Ready next = peek(); rows.isEmpty() && next != null; next = peek()) {
            judge(next.classIndex);
        }

        return !rows.isEmpty();
    }

    @Override
    public PrototypeRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }

        return rows.remove();
    }

    private void judge(int classIndex) {
        ClassJudgement judgement = judgement(classIndex);
        for (List<Ready> few = few(classIndex, Side.DRAWN); !few.isEmpty(); few = few(classIndex, Side.DRAWN)) {
            // Where there is nothing to hold them against, nothing is asked of them either.
            List<@Nullable List<float[]>> ways = judgement.mean() == null ? List.of() : paths.of(pixels(few));
            for (int i = 0; i < few.size(); i++) {
                rows.add(judgement.row(
                        runId,
                        Objects.requireNonNull(few.get(i).drawn),
                        ways.isEmpty() ? null : ways.get(i),
                        paths.taps()));
            }
        }
    }

    private ClassJudgement judgement(int classIndex) {
        MeanPath.Sum sum = new MeanPath.Sum(paths.taps());
        ofImages(classIndex, Side.MEAN, sum::add);
        if (sum.images() == 0) {
            ofImages(classIndex, Side.HELD_OUT, path -> {});
            ofImages(classIndex, Side.OTHER, path -> {});
            return ClassJudgement.NONE;
        }

        MeanPath mean = sum.mean();
        List<PathDistance> natural = new ArrayList<>();
        ofImages(classIndex, Side.HELD_OUT, path -> natural.add(mean.distance(path)));
        List<PathDistance> other = new ArrayList<>();
        ofImages(classIndex, Side.OTHER, path -> other.add(mean.distance(path)));
        return new ClassJudgement(sum.images(), mean, PathDistance.mean(natural), PathDistance.mean(other));
    }

    /** Goes over the images of one side of a class. */
    private void ofImages(int classIndex, Side side, Consumer<List<float[]>> work) {
        for (List<Ready> few = few(classIndex, side); !few.isEmpty(); few = few(classIndex, side)) {
            for (List<float[]> path : paths.of(pixels(few))) {
                images.accept(path == null);
                if (path != null) {
                    work.accept(path);
                }
            }
        }
    }

    /** The next ones of a side that can be read, {@value Paths#IMAGES} at most; none at its end. */
    private List<Ready> few(int classIndex, Side side) {
        List<Ready> few = new ArrayList<>();
        for (Ready next = peek();
                few.size() < Paths.IMAGES && next != null && next.classIndex == classIndex && next.side == side;
                next = peek()) {
            ahead = null;
            if (next.pixels == null) {
                images.accept(true);
            } else {
                few.add(next);
            }
        }

        return few;
    }

    private @Nullable Ready peek() {
        if (ahead == null && items.hasNext()) {
            ahead = items.next();
        }

        return ahead;
    }

    private static List<float[]> pixels(List<Ready> few) {
        return few.stream().map(one -> Objects.requireNonNull(one.pixels)).toList();
    }
}
