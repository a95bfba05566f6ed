package dev.tapetum.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Spark, for the time of one command. It starts when it is first needed, so that a wrong plan is refused at once, and
 * stops with the command unless it was there before.
 */
final class SparkDriver implements AutoCloseable {
    private @Nullable SparkSession started;

    /** The session; settings of the user are never replaced, only what is missing is supplied. */
    SparkSession session() {
        if (SparkSession.getDefaultSession().isDefined()) {
            return SparkSession.getDefaultSession().get();
        }

        started = SparkSession.builder().config(settings(new SparkConf())).getOrCreate();
        return started;
    }

    /** What spark-submit has set, and what it left open. */
    static SparkConf settings(SparkConf given) {
        SparkConf conf = given.clone();
        conf.setIfMissing("spark.master", "local[*]");
        // spark-submit names an application without a name by its class.
        if (conf.get("spark.app.name", Tapetum.class.getName()).equals(Tapetum.class.getName())) {
            conf.set("spark.app.name", "tapetum");
        }

        if (conf.get("spark.master").startsWith("local")) {
            // Progress travels with heartbeats, which cost nothing within one process.
            conf.setIfMissing("spark.executor.heartbeatInterval", "2s");
        }

        if (Thread.currentThread().getContextClassLoader().getResource("log4j2.properties") == null) {
            // Nobody has configured the log; Spark's own default would bury the progress in messages.
            conf.setIfMissing("spark.log.level", "WARN");
        }

        return conf;
    }

    @Override
    public void close() {
        if (started != null) {
            started.stop();
            started = null;
        }
    }
}
