package dev.tapetum.job;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.AccumulatorV2;
import scala.jdk.javaapi.CollectionConverters;

/** Hears from training tasks on the driver: their news come with Spark's heartbeats, as in {@link Progress}, until it is closed. */
final class TrainingWatch extends SparkListener implements AutoCloseable {

    private final SparkContext spark;
    private final Latest latest = new Latest();
    private final Consumer<TrainingNews> listener;

    TrainingWatch(SparkContext spark, Consumer<TrainingNews> listener) {
        this.spark = spark;
        this.listener = listener;
        spark.register(latest, "training");
        spark.addSparkListener(this);
    }

    /** What tasks report to. */
    Latest latest() {
        return latest;
    }

    @Override
    public void close() {
        spark.removeSparkListener(this);
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
        CollectionConverters.asJava(heartbeat.accumUpdates())
                .forEach(task -> CollectionConverters.asJava(task._4()).forEach(this::tell));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        CollectionConverters.asJava(task.taskInfo().accumulables()).forEach(this::tell);
    }

    private void tell(AccumulableInfo info) {
        if (info.id() == latest.id() && info.update().isDefined()) {
            for (Object news : (List<?>) info.update().get()) {
                listener.accept((TrainingNews) news);
            }
        }
    }

    /** The last news of each task; on the driver, where they meet, of any. Heartbeats read it while the task goes on. */
    static final class Latest extends AccumulatorV2<TrainingNews, List<TrainingNews>> {

        private static final long serialVersionUID = 1L;

        private volatile List<TrainingNews> news = List.of();

        @Override
        public boolean isZero() {
            return news.isEmpty();
        }

        @Override
        public AccumulatorV2<TrainingNews, List<TrainingNews>> copy() {
            Latest copy = new Latest();
            copy.news = news;
            return copy;
        }

        @Override
        public void reset() {
            news = List.of();
        }

        @Override
        public void add(TrainingNews latest) {
            news = List.of(latest);
        }

        @Override
        public void merge(AccumulatorV2<TrainingNews, List<TrainingNews>> other) {
            news = other.value().isEmpty() ? news : other.value();
        }

        @Override
        public List<TrainingNews> value() {
            return news;
        }
    }
}
