package dev.tapetum.probe;

import dev.tapetum.probe.Device.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one device busy with full batches, made of whatever the programs of many images are asking at the moment.
 *
 * <p>Images are admitted only while no lane has a full batch waiting, so the number of images on the device is bounded
 * by the batch size and not by the dataset. A batch that the device has no room for is halved, down to one, and the
 * smaller size is kept. Results do not depend on the batch size or on what else is in a batch, beyond the rounding of
 * the device's own arithmetic.
 *
 * <p>One scheduler per device and thread. It starts no threads, and leaves closing the device, with whatever images an
 * abandoned run still holds there, to whoever opened it.
 */
public final class Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final Device device;
    private int batch;

    public Scheduler(Device device, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("A batch needs at least one row, not " + batch);
        }

        this.device = device;
        this.batch = batch;
    }

    /**
     * Runs the programs of all images, lazily: images are taken from {@code admissions} as the device has room, and an
     * image's outcome comes as soon as its program is done, so the order is not the order of admission.
     */
    public <R> Iterator<Outcome<R>> run(Iterator<Admission<R>> admissions) {
        return new Run<>(admissions);
    }

    private final class Run<R> implements Iterator<Outcome<R>> {

        private final Iterator<Admission<R>> admissions;
        private final Map<Lane, Deque<Evaluation>> waiting = new LinkedHashMap<>();
        private final Deque<Outcome<R>> finished = new ArrayDeque<>();

        Run(Iterator<Admission<R>> admissions) {
            this.admissions = admissions;
        }

        @Override
        public boolean hasNext() {
            while (finished.isEmpty()) {
                Deque<Evaluation> fullest = fullest();
                if (fullest.size() < batch && admissions.hasNext()) {
                    admit(admissions.next());
                } else if (!fullest.isEmpty()) {
                    evaluate(fullest);
                } else {
                    return false;
                }
            }

            return true;
        }

        @Override
        public Outcome<R> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }

            return finished.remove();
        }

        private Deque<Evaluation> fullest() {
            Deque<Evaluation> fullest = new ArrayDeque<>();
            for (Deque<Evaluation> lane : waiting.values()) {
                if (lane.size() > fullest.size()) {
                    fullest = lane;
                }
            }

            return fullest;
        }

        private void admit(Admission<R> admission) {
            Conversation<R> conversation = new Conversation<>(device, admission);
            enqueue(conversation.start());
            finishIfDone(conversation);
        }

        private void evaluate(Deque<Evaluation> lane) {
            List<Evaluation> evaluations = new ArrayList<>();
            while (evaluations.size() < batch && !lane.isEmpty()) {
                evaluations.add(lane.remove());
            }

            List<Reply> replies;
            try {
                replies = device.answer(
                        evaluations.stream().map(Evaluation::request).toList());
            } catch (OutOfDeviceMemoryException e) {
                backOff(lane, evaluations, e);
                return;
            }

            for (int i = 0; i < evaluations.size(); i++) {
                Evaluation evaluation = evaluations.get(i);
                Conversation<?> conversation = evaluation.conversation();
                enqueue(conversation.take(evaluation, replies.get(i)));
                finishIfDone(conversation);
            }
        }

        private void backOff(Deque<Evaluation> lane, List<Evaluation> evaluations, OutOfDeviceMemoryException e) {
            if (evaluations.size() == 1) {
                throw e;
            }

            batch = Math.max(1, evaluations.size() / 2);
            LOG.warn("Out of device memory; the batch is now {}. {}", batch, e.getMessage());
            for (int i = evaluations.size() - 1; i >= 0; i--) {
                lane.addFirst(evaluations.get(i));
            }
        }

        private void enqueue(Collection<Evaluation> evaluations) {
            for (Evaluation evaluation : evaluations) {
                waiting.computeIfAbsent(Lane.of(evaluation.probe().ask()), none -> new ArrayDeque<>())
                        .add(evaluation);
            }
        }

        private void finishIfDone(Conversation<?> conversation) {
            if (!conversation.done()) {
                return;
            }

            @SuppressWarnings("unchecked") // every conversation of this run was opened by admit
            Conversation<R> own = (Conversation<R>) conversation;
            finished.add(own.outcome());
            own.close();
        }
    }
}
