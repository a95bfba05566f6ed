package dev.tapetum.job;

import com.typesafe.config.ConfigFactory;
import dev.tapetum.spec.Hocon;
import dev.tapetum.spec.RecordBinder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the ledger says of a committed wave of a harvest, {@code heldOut + ok + rejected = listed}. The entry is written after the
 * wave's activations: a wave counts as done exactly when its entry exists.
 *
 * @param listed images of the wave
 * @param heldOut those that are kept from training, which are not harvested
 * @param tokens of those that are ok
 */
record HarvestEntry(long listed, long heldOut, long ok, long rejected, long tokens) {

    static final HarvestEntry NONE = new HarvestEntry(0, 0, 0, 0, 0);

    HarvestEntry {
        if (heldOut + ok + rejected != listed) {
            throw new IllegalStateException("A wave lists " + listed + " images, but of them " + heldOut
                    + " are held out, " + ok + " harvested and " + rejected + " rejected");
        }
    }

    HarvestEntry plus(HarvestEntry other) {
        return new HarvestEntry(
                listed + other.listed,
                heldOut + other.heldOut,
                ok + other.ok,
                rejected + other.rejected,
                tokens + other.tokens);
    }

    static HarvestEntry parse(String text, String source) {
        return new RecordBinder(ConfigFactory.empty().root())
                .bind(
                        HarvestEntry.class,
                        "the ledger entry",
                        Hocon.text(text, source).root(),
                        ConfigFactory.empty().root());
    }

    byte[] render() {
        return String.format(
                        Locale.ROOT,
                        "listed = %d%nheld-out = %d%nok = %d%nrejected = %d%ntokens = %d%n",
                        listed,
                        heldOut,
                        ok,
                        rejected,
                        tokens)
                .getBytes(StandardCharsets.UTF_8);
    }
}
