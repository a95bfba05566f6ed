package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class UnitSketchTest {
    /** Five standard errors of 1/√4094. */
    private static final double RELATIVE = 0.08;

    private static UnitSketch of(int from, int to) {
        UnitSketch sketch = new UnitSketch();
        for (int i = from; i < to; i++) {
            sketch.add("patient " + i);
        }

        return sketch;
    }

    @Property(tries = 200)
    void smallCountsAreExactHoweverTheUnitsAreSplit(
            @ForAll @Size(max = 60) List<@AlphaChars @StringLength(max = 2) String> left,
            @ForAll @Size(max = 60) List<@AlphaChars @StringLength(max = 2) String> right) {
        UnitSketch first = new UnitSketch();
        left.forEach(first::add);
        UnitSketch second = new UnitSketch();
        right.forEach(second::add);
        first.merge(second);

        assertThat(first.count())
                .isEqualTo(
                        Stream.concat(left.stream(), right.stream()).distinct().count());
    }

    @Test
    void isExactUpToItsSizeAndAnEstimateBeyond() {
        assertThat(of(0, 4095).count()).isEqualTo(4095);
        assertThat(of(0, 4096).count()).isBetween(4096L, (long) (4096 * (1 + RELATIVE)));
        assertThat((double) of(0, 300_000).count()).isBetween(300_000 * (1 - RELATIVE), 300_000 * (1 + RELATIVE));
    }

    /** Of 64 hashes the standard error is 1/√62 = 13%; five of them. */
    @Test
    void aSmallerSketchIsExactUpToItsOwnSize() {
        UnitSketch small = new UnitSketch(64);
        for (int i = 0; i < 63; i++) {
            small.add("patient " + i);
        }

        assertThat(small.count()).isEqualTo(63);
        for (int i = 63; i < 10_000; i++) {
            small.add("patient " + i);
        }

        assertThat((double) small.count()).isBetween(10_000 * 0.35, 10_000 * 1.65);
    }

    @Test
    void mergedSketchesEqualTheSketchOfTheUnion() {
        UnitSketch merged = of(0, 20_000);
        merged.merge(of(15_000, 40_000));

        assertThat(merged.count()).isEqualTo(of(0, 40_000).count());
    }

    @Test
    void nothingCountsAsNothing() {
        assertThat(new UnitSketch().count()).isZero();
    }
}
