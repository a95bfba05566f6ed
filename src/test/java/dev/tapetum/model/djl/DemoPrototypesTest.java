package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.demo.DemoModel;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Program;
import dev.tapetum.prototype.ActivationMaximisation;
import dev.tapetum.prototype.Drawings;
import dev.tapetum.prototype.Drawn;
import dev.tapetum.prototype.Generator;
import dev.tapetum.prototype.Jitter;
import dev.tapetum.prototype.Prototype;
import dev.tapetum.prototype.StepScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few steps on the CNN that comes with the program, through DJL. */
final class DemoPrototypesTest {

    /** Logits of size ten, of images that are equal. */
    private static final float ROUNDING = 1e-4f;

    private static final Jitter JITTER = new Jitter(5, 0.1, 0.05);

    @TempDir
    private Path folder;

    static Stream<Generator> generators() {
        return Stream.of(
                new Prototype(30, 0.03, StepScale.IMAGE, 1, JITTER, 0, 0, 0, 60, 0.003),
                new ActivationMaximisation(20, 0.05, JITTER));
    }

    @ParameterizedTest
    @MethodSource("generators")
    void everyClassIsMadeLikelyAndTheSameAloneAsTogether(Generator generator) throws IOException {
        DemoModel.CNN.copyTo(folder);
        ModelBundle bundle = ModelBundle.read(folder, "cnn");
        ModelCard card = bundle.card();
        generator.check(card);
        try (DjlModel model = DjlModel.load(folder, card, -1);
                Device device = model.newDevice()) {
            List<Program<List<Drawn>>> programs = IntStream.range(
                            0, card.classes().size())
                    .mapToObj(c -> generator.program(card, c, List.of(3L)))
                    .toList();
            List<List<Drawn>> together = Drawings.run(Program.all(programs), device, 64);

            for (int c = 0; c < together.size(); c++) {
                Drawn drawn = together.get(c).get(0);
                assertThat(drawn.probability(c)).as(card.classes().get(c)).isGreaterThan(0.9);
                if (generator instanceof Prototype) {
                    assertThat(drawn.startVariance()).isLessThan(1e-5);
                }
            }

            Drawn alone = Drawings.run(generator.program(card, 4, List.of(3L)), device, 1)
                    .get(0);
            Drawn amongOthers = together.get(4).get(0);
            assertThat(alone.values()).containsExactly(amongOthers.values(), within(ROUNDING));
            assertThat(alone.logits()).containsExactly(amongOthers.logits(), within(ROUNDING));
        }
    }
}
