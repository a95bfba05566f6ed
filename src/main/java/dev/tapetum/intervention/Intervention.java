package dev.tapetum.intervention;

import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Finite;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.TapShift;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One editor at work on one image: asks the model about every step. One forward evaluation per step; where a step has to be
 * painted, the painting comes first, in a round of its own, so that pictures of many images are painted together. Where a feature
 * is set to a value, its activations come first.
 */
public record Intervention(Editor editor, Canvas canvas) {

    public Intervention {
        Objects.requireNonNull(editor, "editor");
        Objects.requireNonNull(canvas, "canvas");
    }

    /** The program that finds the model's response. */
    public Program<Response> program() {
        return program(editor.sequence(canvas));
    }

    /** The same for what a feature is held against. */
    public static Program<Response> control(SaeFeature editor, Control control, Canvas canvas) {
        return new Intervention(editor, canvas).program(editor.sequence(canvas, control));
    }

    private Program<Response> program(EditSequence sequence) {
        if (sequence.edits().isEmpty()) {
            return Program.done(Response.NONE);
        }

        return painted(sequence).then(edits -> steered(edits).then(shifts -> looked(sequence, edits, shifts)));
    }

    /** The edits with pixels in place of what only a painter can draw. */
    private static Program<List<Edit>> painted(EditSequence sequence) {
        List<Question> questions = sequence.edits().stream()
                .filter(edit -> edit.stimulus() instanceof Stimulus.Painted)
                .map(edit -> Question.of(new Probe(edit.stimulus(), Ask.PIXELS)))
                .toList();
        return questions.isEmpty()
                ? Program.done(sequence.edits())
                : Program.asking(new Round(questions, List.of()), answers -> replaced(sequence.edits(), answers));
    }

    private static List<Edit> replaced(List<Edit> edits, Answers answers) {
        List<Edit> drawn = new ArrayList<>();
        int next = 0;
        for (Edit edit : edits) {
            drawn.add(
                    edit.stimulus() instanceof Stimulus.Painted
                            ? new Edit(
                                    edit.strength(),
                                    new Stimulus.Pixels(answers.get(next++).pixels()))
                            : edit);
        }

        return drawn;
    }

    /** What is added within the model, one per edit; none when nothing is. */
    private static Program<List<TapShift>> steered(List<Edit> edits) {
        Steering first = edits.get(0).steering();
        if (first == null) {
            return Program.done(List.of());
        }

        // All edits of a sequence are of one feature.
        Ask ask = new Ask.Features(first.tap(), first.encoder(), 1, List.of(first.feature()));
        return Program.asking(Round.of(new Probe(edits.get(0).stimulus(), ask)), answers -> {
            float[] activations = answers.get(0).features().grids().get(0);
            return edits.stream()
                    .map(edit -> Objects.requireNonNull(edit.steering()).shift(activations))
                    .toList();
        });
    }

    private Program<Response> looked(EditSequence sequence, List<Edit> edits, List<TapShift> shifts) {
        EditCheck check = new EditCheck(canvas, sequence);
        List<EditCheck.Seen> seen = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            Stimulus stimulus = edits.get(i).stimulus();
            float[] pixels = stimulus.render(canvas.image(), canvas.input());
            seen.add(check.next(pixels));
            Ask ask = shifts.isEmpty() ? Ask.LOGITS : new Ask.Steered(shifts.get(i));
            questions.add(Question.of(new Probe(asked(stimulus, pixels), ask)));
        }

        return Program.asking(new Round(questions, List.of()), answers -> response(edits, seen, answers));
    }

    /** What is drawn on the JVM was drawn just now, and need not be drawn again. */
    private static Stimulus asked(Stimulus stimulus, float[] pixels) {
        return stimulus instanceof Stimulus.Edited ? new Stimulus.Pixels(pixels) : stimulus;
    }

    private static Response response(List<Edit> edits, List<EditCheck.Seen> seen, Answers answers) {
        List<Response.Step> steps = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            float[] logits = answers.get(i).logits();
            steps.add(new Response.Step(
                    edits.get(i).strength(),
                    logits,
                    seen.get(i).distance(),
                    seen.get(i).measured(),
                    seen.get(i).valid() && Finite.all(logits)));
        }

        return new Response(steps);
    }
}
