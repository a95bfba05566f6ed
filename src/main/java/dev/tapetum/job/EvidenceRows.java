package dev.tapetum.job;

import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.table.EvidenceRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of prepared images, one row each: those that are ready go through the scheduler, rejects pass it by. Rows
 * come as they are done, in no particular order.
 */
final class EvidenceRows implements Iterator<EvidenceRow> {

    private final Iterator<Prepared> prepared;
    private final ImageAudit audit;
    private final Deque<Prepared> rejects = new ArrayDeque<>();
    private final Iterator<Outcome<Answered>> answered;
    private final Progress.Counters counters;

    EvidenceRows(Iterator<Prepared> prepared, ImageAudit audit, Scheduler scheduler, Progress.Counters counters) {
        this.prepared = prepared;
        this.audit = audit;
        this.counters = counters;
        this.answered = scheduler.run(new Ready());
    }

    private record Answered(Prepared prepared, ImageAudit.Scored scored) {}

    @Override
    public boolean hasNext() {
        return !rejects.isEmpty() || answered.hasNext() || !rejects.isEmpty();
    }

    @Override
    public EvidenceRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }

        EvidenceRow row =
                rejects.isEmpty() ? scored(answered.next()) : rejects.remove().rejected();
        counters.count(row);
        return row;
    }

    private static EvidenceRow scored(Outcome<Answered> outcome) {
        Answered answer = outcome.result();
        return answer.prepared.row(answer.scored, outcome.cost());
    }

    /** The images that go to the device; puts rejects aside on the way. */
    private final class Ready implements Iterator<Admission<Answered>> {

        private @Nullable Admission<Answered> next;

        @Override
        public boolean hasNext() {
            while (next == null && prepared.hasNext()) {
                Prepared candidate = prepared.next();
                DecodedImage image = candidate.image();
                if (image == null) {
                    rejects.add(candidate);
                } else {
                    next = new Admission<>(
                            image.pixels(), () -> audit.program(image).map(scored -> new Answered(candidate, scored)));
                }
            }

            return next != null;
        }

        @Override
        public Admission<Answered> next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }

            Admission<Answered> admission = next;
            next = null;
            return admission;
        }
    }
}
