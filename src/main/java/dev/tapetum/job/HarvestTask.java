package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.sae.ActivationHarvest;
import dev.tapetum.table.MapEncoding;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The work of one task of a harvest: from listed images, shard by shard, to their tokens.
 *
 * @param taken of each image
 * @param seed of the run
 */
record HarvestTask(TokenSource images, Taken taken, long seed, Progress.Counters counters)
        implements MapPartitionsFunction<IndexedImage, HarvestRow> {

    /** What is taken, as it travels to a task. */
    record Taken(Tap tap, int tokens, MapEncoding encoding) implements Serializable {

        ActivationHarvest harvest() {
            return new ActivationHarvest(tap, tokens);
        }
    }

    @Override
    public Iterator<HarvestRow> call(Iterator<IndexedImage> listed) {
        Device device = images.newDevice(counters);
        TaskContext task = TaskContext.get();
        task.addTaskCompletionListener((TaskCompletionListener) done -> device.close());
        DecodeAhead<IndexedImage, Prepared> prepared = images.prepared(listed);
        task.addTaskCompletionListener((TaskCompletionListener) done -> prepared.close());
        Iterator<HarvestRow> rows =
                new HarvestRows(prepared, taken.harvest(), taken.encoding, seed, new Scheduler(device, images.batch()));
        return new Counted(rows, counters);
    }

    /** Rows that the driver hears of. */
    private record Counted(Iterator<HarvestRow> rows, Progress.Counters counters) implements Iterator<HarvestRow> {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public HarvestRow next() {
            HarvestRow row = rows.next();
            counters.count(row.reject() != null);
            return row;
        }
    }
}
