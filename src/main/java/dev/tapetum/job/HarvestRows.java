package dev.tapetum.job;

import dev.tapetum.image.RejectReason;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Finite;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Seeds;
import dev.tapetum.sae.ActivationHarvest;
import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.MapEncoding;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of prepared images, one row each. A batch of the device never has images of two shards, so that what a shard's rows
 * hold depends on the shard and on nothing that happens to be in the same task.
 */
final class HarvestRows implements Iterator<HarvestRow> {

    private final Iterator<Prepared> prepared;
    private final ActivationHarvest harvest;
    private final MapEncoding encoding;
    private final long seed;
    private final Scheduler scheduler;
    private final Deque<HarvestRow> rejects = new ArrayDeque<>();
    private @Nullable Prepared ahead;
    private Iterator<Outcome<HarvestRow>> ofShard =
            List.<Outcome<HarvestRow>>of().iterator();

    /**
     * @param prepared shard by shard
     * @param seed of the run
     */
    HarvestRows(
            Iterator<Prepared> prepared,
            ActivationHarvest harvest,
            MapEncoding encoding,
            long seed,
            Scheduler scheduler) {
        this.prepared = prepared;
        this.harvest = harvest;
        this.encoding = encoding;
        this.seed = seed;
        this.scheduler = scheduler;
    }

    @Override
    public boolean hasNext() {
        while (rejects.isEmpty() && !ofShard.hasNext() && rejects.isEmpty()) {
            Prepared first = peek();
            if (first == null) {
                return false;
            }

            ofShard = scheduler.run(new Ready(first.indexed().shard()));
        }

        return true;
    }

    @Override
    public HarvestRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }

        return rejects.isEmpty() ? ofShard.next().result() : rejects.remove();
    }

    private @Nullable Prepared peek() {
        if (ahead == null && prepared.hasNext()) {
            ahead = prepared.next();
        }

        return ahead;
    }

    private Program<HarvestRow> program(int shard, String imageId) {
        return harvest.program(Seeds.of(seed, imageId)).map(tokens -> row(shard, imageId, tokens));
    }

    private HarvestRow row(int shard, String imageId, ActivationHarvest.Tokens tokens) {
        if (!Finite.all(tokens.values())) {
            RejectPart reject = new RejectPart(
                    RejectStage.SCORE,
                    RejectReason.NOT_FINITE.name(),
                    "The activation at tap '" + harvest.tap().name() + "' is not made of finite numbers");
            return new HarvestRow(shard, imageId, null, reject);
        }

        ActivationRow row = ActivationRow.of(imageId, tokens.positions(), tokens.values(), encoding);
        return new HarvestRow(shard, imageId, row, null);
    }

    /** The images of one shard that go to the device; puts rejects aside on the way. */
    private final class Ready implements Iterator<Admission<HarvestRow>> {

        private final int shard;

        Ready(int shard) {
            this.shard = shard;
        }

        @Override
        public boolean hasNext() {
            while (true) {
                Prepared next = peek();
                if (next == null || next.indexed().shard() != shard) {
                    return false;
                }

                if (next.image() != null) {
                    return true;
                }

                ahead = null;
                rejects.add(new HarvestRow(shard, next.indexed().image().imageId(), null, next.reject()));
            }
        }

        @Override
        public Admission<HarvestRow> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }

            DecodedImage image =
                    Objects.requireNonNull(Objects.requireNonNull(ahead).image());
            ahead = null;
            return new Admission<>(image.pixels(), () -> program(shard, image.imageId()));
        }
    }
}
