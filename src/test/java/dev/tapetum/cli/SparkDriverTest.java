package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class SparkDriverTest {

    private static SparkConf conf() {
        return new SparkConf(false);
    }

    @Test
    void whatIsMissingIsSupplied() {
        SparkConf settings = SparkDriver.settings(conf());

        assertThat(settings.get("spark.app.name")).isEqualTo("tapetum");
        assertThat(settings.get("spark.master")).isEqualTo("local[*]");
        assertThat(settings.get("spark.executor.heartbeatInterval")).isEqualTo("2s");
    }

    @Test
    void settingsOfTheUserStay() {
        SparkConf given = conf().set("spark.app.name", "nightly")
                .set("spark.master", "local[3]")
                .set("spark.executor.heartbeatInterval", "7s")
                .set("spark.log.level", "DEBUG")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

        assertThat(SparkDriver.settings(given).getAll()).containsExactlyInAnyOrder(given.getAll());
    }

    @Test
    void heartbeatsOfAClusterAreLeftToTheCluster() {
        SparkConf settings = SparkDriver.settings(conf().set("spark.master", "spark://host:7077"));

        assertThat(settings.contains("spark.executor.heartbeatInterval")).isFalse();
    }

    @Test
    void theNameThatSparkSubmitMadeUpGivesWay() {
        SparkConf settings = SparkDriver.settings(conf().set("spark.app.name", Tapetum.class.getName()));

        assertThat(settings.get("spark.app.name")).isEqualTo("tapetum");
    }
}
