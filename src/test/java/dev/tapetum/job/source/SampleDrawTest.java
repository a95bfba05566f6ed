package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Sample;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SampleDrawTest {
    private static final int IMAGES = 10_000;

    private final Dataset<Row> images;

    SampleDrawTest(SparkSession spark) {
        this.images = spark.range(IMAGES).selectExpr("concat('image-', id) as image_id");
    }

    @Test
    void aNumberIsDrawnExactlyAndASmallerOneIsPartOfIt() {
        assertThat(draw("1", 7)).hasSize(1);
        assertThat(draw("20", 7)).hasSize(20).containsAll(draw("1", 7));
        assertThat(draw("1000", 7)).hasSize(1000).containsAll(draw("20", 7));
        assertThat(draw("10000", 7)).hasSize(IMAGES);
        assertThat(draw("10001", 7)).hasSize(IMAGES);
    }

    @Test
    void aShareIsDrawnBinomiallyAndLiesWithinLargerOnes() {
        Set<String> tenth = draw("10%", 7);

        // Mean 1000, deviation sqrt(10000 * 0.1 * 0.9) = 30: within five, and the same on every run.
        assertThat(tenth).hasSizeBetween(850, 1150);
        assertThat(draw("50%", 7)).containsAll(tenth);
        assertThat(draw("100%", 7)).hasSize(IMAGES);
        assertThat(draw(Integer.toString(tenth.size()), 7)).isEqualTo(tenth);
    }

    @Test
    void partitionsDoNotMatterAndTheSeedDoes() {
        Set<String> drawn = draw("100", 7);

        assertThat(draw(images.repartition(5), "100", 7)).isEqualTo(drawn);
        assertThat(draw("100", 8)).hasSize(100).isNotEqualTo(drawn);
    }

    private Set<String> draw(String sample, long seed) {
        return draw(images, sample, seed);
    }

    private static Set<String> draw(Dataset<Row> images, String sample, long seed) {
        return new TreeSet<>(SampleDraw.of(images, Sample.parse(sample), seed)
                .as(Encoders.STRING())
                .collectAsList());
    }
}
