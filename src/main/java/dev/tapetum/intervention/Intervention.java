package dev.tapetum.intervention;

import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One editor at work on one image: asks the model about every step. One forward evaluation per step; where a step has to be
 * painted, the painting comes first, in a round of its own, so that pictures of many images are painted together.
 */
public record Intervention(Editor editor, Canvas canvas) {

    public Intervention {
        Objects.requireNonNull(editor, "editor");
        Objects.requireNonNull(canvas, "canvas");
    }

    /** The program that finds the model's response. */
    public Program<Response> program() {
        EditSequence sequence = editor.sequence(canvas);
        if (sequence.edits().isEmpty()) {
            return Program.done(Response.NONE);
        }

        return painted(sequence).then(edits -> looked(sequence, edits));
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

    private Program<Response> looked(EditSequence sequence, List<Edit> edits) {
        EditCheck check = new EditCheck(canvas, sequence);
        List<EditCheck.Seen> seen = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (Edit edit : edits) {
            float[] pixels = edit.stimulus().render(canvas.image(), canvas.input());
            seen.add(check.next(pixels));
            questions.add(Question.of(Probe.logits(asked(edit.stimulus(), pixels))));
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
                    seen.get(i).valid() && allFinite(logits)));
        }

        return new Response(steps);
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }

        return true;
    }
}
