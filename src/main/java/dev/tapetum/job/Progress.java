package dev.tapetum.job;

import dev.tapetum.table.EvidenceRow;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How far the device work has come, seen from the driver. Tasks count; their counts travel with Spark's heartbeats while
 * a task runs and with its end, so the picture is at most one heartbeat old and needs no connection of its own. It listens until it is closed.
 *
 * <p>These numbers are for people to watch: a task that is run twice is counted twice. No table is made from them.
 */
final class Progress extends SparkListener implements AutoCloseable {

    private final SparkContext spark;
    private final Counters counters;
    private final Map<Long, Count> running = new ConcurrentHashMap<>();

    Progress(SparkContext spark) {
        this.spark = spark;
        this.counters = new Counters(
                spark.longAccumulator("images"),
                spark.longAccumulator("rejects"),
                spark.longAccumulator("evaluations"),
                spark.collectionAccumulator("model loads"));
        spark.addSparkListener(this);
    }

    /**
     * What tasks count with.
     *
     * @param images done, or drawings
     * @param evaluations of the model, for those who tell them while a task goes on
     */
    record Counters(
            LongAccumulator images,
            LongAccumulator rejects,
            LongAccumulator evaluations,
            CollectionAccumulator<String> modelLoads)
            implements Serializable {

        void count(EvidenceRow row) {
            count(row.reject() != null);
        }

        void count(boolean rejected) {
            images.add(1);
            if (rejected) {
                rejects.add(1);
            }
        }
    }

    /** Images done, rejected ones among them. */
    record Count(long images, long rejects, long evaluations) {

        Count plus(Count other) {
            return new Count(images + other.images, rejects + other.rejects, evaluations + other.evaluations);
        }
    }

    Counters counters() {
        return counters;
    }

    /** All images of this process's run so far. */
    Count count() {
        Count ended = new Count(counters.images.value(), counters.rejects.value(), counters.evaluations.value());
        return running.values().stream().reduce(ended, Count::plus);
    }

    /** Where a model was loaded, one entry per loading. */
    List<String> modelLoads() {
        return List.copyOf(counters.modelLoads.value());
    }

    /** Stops listening; what was counted stays. The context goes on and would keep this object for all its life. */
    @Override
    public void close() {
        spark.removeSparkListener(this);
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
        CollectionConverters.asJava(heartbeat.accumUpdates())
                .forEach(task -> running.put((Long) task._1(), count(CollectionConverters.asJava(task._4()))));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        running.remove(task.taskInfo().taskId());
    }

    private Count count(List<AccumulableInfo> updates) {
        return new Count(
                sum(updates, counters.images), sum(updates, counters.rejects), sum(updates, counters.evaluations));
    }

    private static long sum(List<AccumulableInfo> updates, LongAccumulator accumulator) {
        return updates.stream()
                .filter(info -> info.id() == accumulator.id() && info.update().isDefined())
                .mapToLong(info -> ((Number) info.update().get()).longValue())
                .sum();
    }
}
