package dev.tapetum.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.tapetum.spec.Hocon;
import dev.tapetum.spec.RecordBinder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the ledger says of a committed wave. The entry is written after the wave's evidence: a wave counts as done exactly
 * when its entry exists.
 *
 * @param committed when, in ISO 8601
 * @param seconds wall-clock time of the wave
 */
record WaveEntry(
        int wave,
        long images,
        long ok,
        long rejected,
        long forwardAsked,
        long forwardMade,
        long gradientAsked,
        long gradientMade,
        double seconds,
        String committed) {

    /** Adds up the evidence of a wave. */
    static WaveEntry of(int wave, Dataset<Row> evidence, double seconds, String committed) {
        Row sums = evidence.agg(
                        functions.count(functions.lit(1)),
                        functions.count("prediction.predicted_index"),
                        functions.count("reject.stage"),
                        functions.sum("forward_asked"),
                        functions.sum("forward_evaluations"),
                        functions.sum("gradient_asked"),
                        functions.sum("gradient_evaluations"))
                .head();
        return new WaveEntry(
                wave,
                sums.getLong(0),
                sums.getLong(1),
                sums.getLong(2),
                sum(sums, 3),
                sum(sums, 4),
                sum(sums, 5),
                sum(sums, 6),
                seconds,
                committed);
    }

    /** No images at all: what the entries of a run add up from. */
    static WaveEntry none() {
        return new WaveEntry(-1, 0, 0, 0, 0, 0, 0, 0, 0, "");
    }

    WaveEntry plus(WaveEntry other) {
        return new WaveEntry(
                -1,
                images + other.images,
                ok + other.ok,
                rejected + other.rejected,
                forwardAsked + other.forwardAsked,
                forwardMade + other.forwardMade,
                gradientAsked + other.gradientAsked,
                gradientMade + other.gradientMade,
                seconds + other.seconds,
                "");
    }

    static WaveEntry parse(String text, String source) {
        return new RecordBinder(ConfigFactory.empty().root())
                .bind(
                        WaveEntry.class,
                        "the ledger entry",
                        Hocon.text(text, source).root(),
                        ConfigFactory.empty().root());
    }

    byte[] render() {
        ConfigObject object = ConfigValueFactory.fromMap(Map.of(
                "wave", wave,
                "images", images,
                "ok", ok,
                "rejected", rejected,
                "forward-asked", forwardAsked,
                "forward-made", forwardMade,
                "gradient-asked", gradientAsked,
                "gradient-made", gradientMade,
                "seconds", seconds,
                "committed", committed));
        ConfigRenderOptions plain =
                ConfigRenderOptions.defaults().setOriginComments(false).setJson(false);
        return object.render(plain).getBytes(StandardCharsets.UTF_8);
    }

    private static long sum(Row row, int column) {
        return row.isNullAt(column) ? 0 : row.getLong(column);
    }
}
