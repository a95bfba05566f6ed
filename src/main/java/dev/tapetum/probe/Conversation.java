package dev.tapetum.probe;

import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Device.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One image's program and the device, in dialogue: turns a round into evaluations that are each made once, and
 * evaluations back into the round's answers.
 */
final class Conversation<R> implements AutoCloseable {

    /** Logits kept per image, so that a later round need not ask for the ends of a path again. */
    private static final int REMEMBERED = 256;

    private final Device device;
    private final Admission<R> admission;
    private final HeldImage image;
    private final Program<R> program;
    private final Map<Probe, float[]> remembered = new Memory();
    private List<Fetch> fetches = List.of();
    private @Nullable Answer[] answers = new Answer[0];
    private int open;
    private long forwardAsked;
    private long forwardMade;
    private long gradientAsked;
    private long gradientMade;

    Conversation(Device device, Admission<R> admission) {
        this.device = device;
        this.admission = admission;
        this.image = device.hold(admission.pixels());
        this.program = admission.program().get();
    }

    /** What the conversation is about, for one that must start afresh. */
    Admission<R> admission() {
        return admission;
    }

    /** The evaluations of the first round that needs any; none when the program is done. */
    Collection<Evaluation> start() {
        return advance(Answers.NONE);
    }

    /** Takes an evaluation's reply; returns what to evaluate next once the round is complete, else nothing. */
    Collection<Evaluation> take(Evaluation evaluation, Reply reply) {
        if (isForward(evaluation.probe().ask())) {
            forwardMade++;
        } else if (evaluation.probe().ask() instanceof Ask.OfClass) {
            gradientMade++;
        }

        // A whole picture takes much room, and is hardly asked for again.
        if (!evaluation.probe().stimulus().holdsPixels()
                && givesLogits(evaluation.probe().ask())) {
            remembered.put(forLogits(evaluation.probe()), reply.logits());
        }

        for (Evaluation.Reader reader : evaluation.readers()) {
            double along = reader.along() < 0 ? 0 : reply.along()[reader.along()];
            answers[reader.question()] = new Answer(
                    reply.logits(),
                    along,
                    reply.activation(),
                    reply.gradient(),
                    reply.pixels(),
                    reply.total(),
                    reply.features());
        }

        open--;
        return open == 0 ? advance(conclude()) : List.of();
    }

    boolean done() {
        return open == 0;
    }

    Outcome<R> outcome() {
        return new Outcome<>(program.result(), new Cost(forwardAsked, forwardMade, gradientAsked, gradientMade));
    }

    @Override
    public void close() {
        image.close();
    }

    private Collection<Evaluation> advance(Answers given) {
        Round round = program.next(given);
        while (round != null) {
            Collection<Evaluation> evaluations = open(round);
            if (!evaluations.isEmpty()) {
                open = evaluations.size();
                return evaluations;
            }

            round = program.next(conclude());
        }

        return List.of();
    }

    private Answers conclude() {
        List<Answer> complete =
                Arrays.stream(answers).map(Objects::requireNonNull).toList();
        List<float[]> sums =
                fetches.stream().map(fetch -> device.fetch(image, fetch)).toList();
        return new Answers(complete, sums);
    }

    /** Gradients first: a question for the logits of the same stimulus then rides along. */
    private Collection<Evaluation> open(Round round) {
        List<Question> questions = round.questions();
        fetches = round.fetches();
        answers = new Answer[questions.size()];
        Map<Probe, Evaluation> evaluations = new LinkedHashMap<>();
        Map<Probe, Evaluation> withLogits = new HashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            if (!(question.probe().ask() instanceof Ask.Logits)) {
                forwardAsked += isForward(question.probe().ask()) ? 1 : 0;
                gradientAsked += question.probe().ask() instanceof Ask.OfClass ? 1 : 0;
                Evaluation evaluation = evaluations.computeIfAbsent(question.probe(), this::evaluation);
                evaluation.add(i, question);
                if (givesLogits(question.probe().ask())) {
                    withLogits.putIfAbsent(forLogits(question.probe()), evaluation);
                }
            }
        }

        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            if (question.probe().ask() instanceof Ask.Logits) {
                forwardAsked++;
                float[] known = remembered.get(question.probe());
                if (known != null) {
                    answers[i] = Answer.logits(known);
                } else {
                    withLogits
                            .computeIfAbsent(
                                    question.probe(), probe -> evaluations.computeIfAbsent(probe, this::evaluation))
                            .add(i, question);
                }
            }
        }

        return new ArrayList<>(evaluations.values());
    }

    /** The same question, for the logits only. */
    private static Probe forLogits(Probe probe) {
        return new Probe(probe.stimulus(), Ask.LOGITS, probe.variant());
    }

    /**
     * A rule may run a stand-in of the model, whose logits are not quite the model's; those of a shifted activation are not
     * the stimulus's; for pixels, activations and features there are none.
     */
    private static boolean givesLogits(Ask ask) {
        return ask instanceof Ask.Logits || ask instanceof Ask.InputGradient || ask instanceof Ask.TapGradient;
    }

    private static boolean isForward(Ask ask) {
        return ask instanceof Ask.Logits
                || ask instanceof Ask.Activation
                || ask instanceof Ask.Features
                || ask instanceof Ask.Steered;
    }

    private Evaluation evaluation(Probe probe) {
        return new Evaluation(this, image, probe);
    }

    private static final class Memory extends LinkedHashMap<Probe, float[]> {
        private static final long serialVersionUID = 1L;

        /** In the order of use, so that what every method asks for stays. */
        Memory() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Probe, float[]> eldest) {
            return size() > REMEMBERED;
        }
    }
}
