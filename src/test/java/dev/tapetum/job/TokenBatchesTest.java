package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.MapEncoding;
import dev.tapetum.table.RecordEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Of a harvest of 128 images with 4 tokens each, {@code (n, −n)} for the n-th, in two files. */
@ExtendWith(SparkExtension.class)
final class TokenBatchesTest {

    private static final int IMAGES = 128;
    private static final int TOKENS = 4 * IMAGES;
    private static final int BATCH = 16;
    private static final Normalisation HALVED = new Normalisation(new float[2], 2);

    private final SparkSession spark;

    @TempDir
    private Path folder;

    TokenBatchesTest(SparkSession spark) {
        this.spark = spark;
    }

    private void write(int images) {
        List<ActivationRow> rows = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            float[] tokens = new float[8];
            for (int i = 0; i < 4; i++) {
                tokens[2 * i] = 4 * image + i;
                tokens[2 * i + 1] = -tokens[2 * i];
            }

            rows.add(ActivationRow.of("image " + image, new int[] {0, 1, 2, 3}, tokens, MapEncoding.FLOAT32));
        }

        spark.createDataset(rows, RecordEncoder.of(ActivationRow.class))
                .coalesce(2)
                .write()
                .mode("overwrite")
                .parquet(folder.toString());
    }

    private TokenBatches batches() {
        return new TokenBatches(
                epoch -> ActivationFiles.open(spark.sparkContext().hadoopConfiguration(), folder.toString(), epoch),
                HALVED,
                BATCH,
                3);
    }

    /** A block is 64 batches, which is the harvest twice. */
    @Test
    void everyTokenComesOncePerEpochAndNormalised() {
        write(IMAGES);
        int[] seen = new int[TOKENS];
        try (TokenBatches batches = batches()) {
            for (int step = 0; step < 64; step++) {
                float[] batch = batches.next();
                assertThat(batch).hasSize(2 * BATCH);
                for (int i = 0; i < BATCH; i++) {
                    assertThat(batch[2 * i + 1]).isEqualTo(-batch[2 * i]);
                    seen[Math.round(2 * batch[2 * i])]++;
                }
            }
        }

        assertThat(seen).containsOnly(2);
    }

    @Test
    void tokensOfOneImageAreCarriedApart() {
        write(IMAGES);
        try (TokenBatches batches = batches()) {
            float[] batch = batches.next();
            long images = IntStream.range(0, BATCH)
                    .map(i -> Math.round(2 * batch[2 * i]) / 4)
                    .distinct()
                    .count();

            assertThat(images).isGreaterThan(BATCH / 2);
        }
    }

    @Test
    void skippingIsTheSameAsHavingSeen() {
        write(IMAGES);
        try (TokenBatches seen = batches();
                TokenBatches skipped = batches()) {
            for (int step = 0; step < 70; step++) {
                seen.next();
            }

            skipped.skip(70);

            assertThat(skipped.next()).containsExactly(seen.next());
        }
    }

    @Test
    void aHarvestWithoutTokensIsRefused() {
        write(0);
        try (TokenBatches batches = batches()) {
            assertThatThrownBy(batches::next)
                    .isInstanceOf(UserError.class)
                    .hasMessage("No token was harvested, so there is nothing to train on");
        }
    }
}
