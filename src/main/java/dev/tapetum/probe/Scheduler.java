package dev.tapetum.probe;

import dev.tapetum.probe.Device.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one device busy with full batches, made of whatever the programs of many images are asking at the moment.
 *
 * <p>Images are admitted only while no lane has a full batch waiting, and never more than two batches of them, however
 * many lanes there are. An image keeps its pixels, its sums, what was drawn of it and its activations at taps on the device, a few
 * arrays of its size; a row of a batch keeps what every layer of the model makes of such an array, in an ordinary network many more. So
 * the bytes that images hold grow with the bytes of a batch, which the user has chosen for the device, and need no bound
 * in a unit of their own. Of two lanes one always has a full batch then; of three, the fullest two thirds of one.
 *
 * <p>When the device has no room,
 *
 * <ul>
 *   <li>a batch is halved, down to one, and its lane keeps the smaller size;
 *   <li>an image that has no room even so, or none for itself or its sums, leaves the device and starts afresh when others
 *       have left it too, and fewer images are admitted from then on;
 *   <li>an image that has no room although it is alone ends the task, to be tried again: it is as large as any other, and
 *       what is in the way may be another task on the same device, so it must not depend on that whether it is scored.
 * </ul>
 *
 * <p>Results do not depend on the batch size or on what else is in a batch, beyond the rounding of the device's own
 * arithmetic.
 *
 * <p>One scheduler per device and thread. It starts no threads, and leaves closing the device, with whatever images an
 * abandoned run still holds there, to whoever opened it.
 */
public final class Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final int BATCHES_HELD = 2;

    private final Device device;
    private final int batch;
    private final Map<Lane, Integer> smaller = new HashMap<>();
    private int mostImages;

    public Scheduler(Device device, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("A batch needs at least one row, not " + batch);
        }

        this.device = device;
        this.batch = batch;
        this.mostImages = (int) Math.min(Integer.MAX_VALUE, (long) BATCHES_HELD * batch);
    }

    /**
     * Runs the programs of all images, lazily: images are taken from {@code admissions} as the device has room, and an
     * image's outcome comes as soon as its program is done, so the order is not the order of admission.
     */
    public <R> Iterator<Outcome<R>> run(Iterator<Admission<R>> admissions) {
        return new Run<>(admissions);
    }

    private int batch(Lane lane) {
        return smaller.getOrDefault(lane, batch);
    }

    private final class Run<R> implements Iterator<Outcome<R>> {

        private final Iterator<Admission<R>> admissions;
        private final Deque<Admission<R>> setBack = new ArrayDeque<>();
        private final Map<Lane, Deque<Evaluation>> waiting = new LinkedHashMap<>();
        private final Deque<Outcome<R>> finished = new ArrayDeque<>();
        private int images;

        Run(Iterator<Admission<R>> admissions) {
            this.admissions = admissions;
        }

        @Override
        public boolean hasNext() {
            while (finished.isEmpty()) {
                Lane fullest = fullest();
                boolean full = fullest != null && waiting(fullest).size() >= batch(fullest);
                if (!full && images < mostImages && !setBack.isEmpty()) {
                    admit(setBack.remove());
                } else if (!full && images < mostImages && admissions.hasNext()) {
                    admit(admissions.next());
                } else if (fullest != null) {
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

        /** The lane with the largest part of its batch waiting; null when nothing waits. */
        private @Nullable Lane fullest() {
            Lane fullest = null;
            double most = 0;
            for (Map.Entry<Lane, Deque<Evaluation>> lane : waiting.entrySet()) {
                double part = (double) lane.getValue().size() / batch(lane.getKey());
                if (part > most) {
                    fullest = lane.getKey();
                    most = part;
                }
            }

            return fullest;
        }

        private Deque<Evaluation> waiting(Lane lane) {
            return waiting.computeIfAbsent(lane, none -> new ArrayDeque<>());
        }

        private void admit(Admission<R> admission) {
            Conversation<R> conversation;
            try {
                conversation = new Conversation<>(device, admission);
            } catch (OutOfDeviceMemoryException e) {
                setBack(admission, e);
                return;
            }

            images++;
            goOn(conversation, conversation::start);
        }

        private void evaluate(Lane lane) {
            Deque<Evaluation> queue = waiting(lane);
            List<Evaluation> evaluations = new ArrayList<>();
            while (evaluations.size() < batch(lane) && !queue.isEmpty()) {
                evaluations.add(queue.remove());
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
                Reply reply = replies.get(i);
                Conversation<R> conversation = own(evaluation);
                goOn(conversation, () -> conversation.take(evaluation, reply));
            }
        }

        private void backOff(Lane lane, List<Evaluation> evaluations, OutOfDeviceMemoryException e) {
            if (evaluations.size() == 1) {
                takeOff(own(evaluations.get(0)), e);
                return;
            }

            smaller.put(lane, evaluations.size() / 2);
            LOG.warn("Out of device memory; the batch of {} is now {}. {}", lane, batch(lane), e.getMessage());
            for (int i = evaluations.size() - 1; i >= 0; i--) {
                waiting(lane).addFirst(evaluations.get(i));
            }
        }

        private void goOn(Conversation<R> conversation, Supplier<Collection<Evaluation>> step) {
            try {
                step.get()
                        .forEach(evaluation ->
                                waiting(Lane.of(evaluation.probe())).add(evaluation));
            } catch (OutOfDeviceMemoryException e) {
                takeOff(conversation, e);
                return;
            }

            if (conversation.done()) {
                finished.add(conversation.outcome());
                conversation.close();
                images--;
            }
        }

        private void takeOff(Conversation<R> conversation, OutOfDeviceMemoryException e) {
            waiting.values().forEach(lane -> lane.removeIf(evaluation -> evaluation.conversation() == conversation));
            conversation.close();
            images--;
            setBack(conversation.admission(), e);
        }

        /** Whatever else is on the device has evaluations waiting, so that it will leave and make room. */
        private void setBack(Admission<R> admission, OutOfDeviceMemoryException e) {
            if (images == 0) {
                // No property of the image: they are all of one size, and another task may be using the same device.
                throw new OutOfDeviceMemoryException(
                        "The device has no room for a single image with nothing else of this task on it; use a device with"
                                + " more memory, or fewer tasks on it at once: " + e.getMessage(),
                        e);
            }

            mostImages = images;
            LOG.warn("Out of device memory; it now holds at most {} images. {}", mostImages, e.getMessage());
            setBack.add(admission);
        }

        @SuppressWarnings("unchecked") // every conversation of this run was opened by admit
        private Conversation<R> own(Evaluation evaluation) {
            return (Conversation<R>) evaluation.conversation();
        }
    }
}
