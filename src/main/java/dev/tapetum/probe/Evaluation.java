package dev.tapetum.probe;

import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Device.Request;
import java.util.ArrayList;
import java.util.List;

/** One evaluation of the model that is waiting for its batch, with all the questions that read it. */
final class Evaluation {

    private final Conversation<?> conversation;
    private final HeldImage image;
    private final Probe probe;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Difference> along = new ArrayList<>();
    private final List<Contribution> contributions = new ArrayList<>();

    Evaluation(Conversation<?> conversation, HeldImage image, Probe probe) {
        this.conversation = conversation;
        this.image = image;
        this.probe = probe;
    }

    /** Which question reads the answer, and which of the directional derivatives is its own (−1: none). */
    record Reader(int question, int along) {}

    void add(int index, Question question) {
        int direction = -1;
        Difference asked = question.along();
        if (asked != null) {
            direction = along.indexOf(asked);
            if (direction < 0) {
                direction = along.size();
                along.add(asked);
            }
        }

        readers.add(new Reader(index, direction));
        contributions.addAll(question.contributions());
    }

    Conversation<?> conversation() {
        return conversation;
    }

    Probe probe() {
        return probe;
    }

    List<Reader> readers() {
        return readers;
    }

    Request request() {
        return new Request(image, probe, along, contributions);
    }
}
