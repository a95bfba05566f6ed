package dev.tapetum.job;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.intervention.Canvas;
import dev.tapetum.intervention.Edit;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Series;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.SeriesImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;

/** Draws the edits of a few images again, as pictures. */
record StripTask(AuditTask audit) implements Serializable {

    /** The step that stands for the image as it is. */
    static final int ORIGINAL = -1;

    /** Which picture. */
    record Key(String imageId, int editor, int step) {}

    /** One picture, public for the encoder. Equality is by component, of {@code png} by identity. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Picture(String imageId, int editor, int step, byte[] png) {

        Key key() {
            return new Key(imageId, editor, step);
        }
    }

    /** @param wanted by image, which steps of which editors, by their indices */
    MapPartitionsFunction<IndexedImage, Picture> drawing(Map<String, Map<Integer, List<Integer>>> wanted) {
        return images -> pictures(images, wanted);
    }

    private Iterator<Picture> pictures(Iterator<IndexedImage> images, Map<String, Map<Integer, List<Integer>>> wanted) {
        List<Picture> pictures = new ArrayList<>();
        ImagePreparation preparation = audit.preparation();
        try (Device device = audit.newDevice()) {
            Scheduler scheduler = new Scheduler(device, audit.batch());
            while (images.hasNext()) {
                IndexedImage indexed = images.next();
                Map<Integer, List<Integer>> steps =
                        Objects.requireNonNull(wanted.get(indexed.image().imageId()));
                DecodedImage image = preparation
                        .prepare(indexed.withSeries(edited -> isWanted(edited, steps.keySet())))
                        .image();
                if (image != null) {
                    steps.forEach((editor, of) -> pictures.addAll(pictures(image, editor, of, scheduler)));
                }
            }
        }

        return pictures.iterator();
    }

    private boolean isWanted(SeriesImage edited, Set<Integer> editors) {
        List<Editor> all = audit.audit().interventions().editors();
        Series series = new Series(edited.manifest(), edited.property(), edited.root());
        return editors.stream().anyMatch(editor -> all.get(editor).equals(series));
    }

    private List<Picture> pictures(DecodedImage image, int editor, List<Integer> steps, Scheduler scheduler) {
        ImageInterventions interventions = audit.audit().interventions();
        InputSpec input = interventions.model().input();
        Canvas canvas = interventions.canvas(image);
        List<Edit> edits = interventions.editors().get(editor).sequence(canvas).edits();
        List<Question> questions = Stream.concat(
                        Stream.of(Stimulus.ORIGINAL),
                        steps.stream().map(step -> edits.get(step).stimulus()))
                .map(stimulus -> Question.of(new Probe(stimulus, Ask.PIXELS)))
                .toList();
        Program<List<float[]>> program = Program.asking(
                new Round(questions, List.of()),
                answers -> answers.answers().stream()
                        .map(answer -> answer.pixels())
                        .toList());
        List<float[]> drawn = scheduler
                .run(List.of(new Admission<>(image.pixels(), () -> program)).iterator())
                .next()
                .result();
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            byte[] png = ImageEncoder.png(input.denormalised(drawn.get(i)).toRgb());
            pictures.add(new Picture(image.imageId(), editor, i == 0 ? ORIGINAL : steps.get(i - 1), png));
        }

        return pictures;
    }
}
