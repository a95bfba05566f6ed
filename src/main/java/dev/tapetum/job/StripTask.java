package dev.tapetum.job;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.intervention.Canvas;
import dev.tapetum.intervention.Edit;
import dev.tapetum.job.source.IndexedImage;
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

    /** @param wanted the indices of editors by image */
    MapPartitionsFunction<IndexedImage, Picture> drawing(Map<String, List<Integer>> wanted) {
        return images -> pictures(images, wanted);
    }

    private Iterator<Picture> pictures(Iterator<IndexedImage> images, Map<String, List<Integer>> wanted) {
        List<Picture> pictures = new ArrayList<>();
        ImagePreparation preparation = audit.preparation();
        try (Device device = audit.newDevice()) {
            Scheduler scheduler = new Scheduler(device, audit.batch());
            while (images.hasNext()) {
                DecodedImage image = preparation.prepare(images.next()).image();
                if (image != null) {
                    for (int editor : Objects.requireNonNull(wanted.get(image.imageId()))) {
                        pictures.addAll(pictures(image, editor, scheduler));
                    }
                }
            }
        }

        return pictures.iterator();
    }

    private List<Picture> pictures(DecodedImage image, int editor, Scheduler scheduler) {
        ImageInterventions interventions = audit.audit().interventions();
        InputSpec input = interventions.model().input();
        Canvas canvas = interventions.canvas(image);
        List<Edit> edits = interventions.editors().get(editor).sequence(canvas).edits();
        List<Question> questions = Stream.concat(
                        Stream.of(Stimulus.ORIGINAL), edits.stream().map(Edit::stimulus))
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
            pictures.add(new Picture(image.imageId(), editor, i + ORIGINAL, png));
        }

        return pictures;
    }
}
