package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.tapetum.UserError;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Family;
import dev.tapetum.spec.Place;
import dev.tapetum.spec.RecordBinder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every generator promises. A new one is added to {@link #examples()}, or the first test fails. */
final class GeneratorContractTest {

    private static final Jitter JITTER = new Jitter(8, 0.1, 0.1);
    private static final List<Long> SEEDS = List.of(11L, -4L, 7L);

    static Stream<Generator> examples() {
        return Stream.of(
                new Prototype(9, 0.03, StepScale.IMAGE, 0.3, JITTER, 0, 3, 0.05, 6, 0.003),
                new Prototype(9, 0.03, StepScale.PIXEL, 0, Jitter.NONE, 0, 0, 0, 0, 0),
                new Prototype(9, 0.03, StepScale.IMAGE, 0.3, JITTER, 1.5, 3, 0.05, 6, 0.003),
                new ActivationMaximisation(7, 0.05, JITTER));
    }

    @Test
    void everyPermittedGeneratorHasAnExample() {
        assertThat(examples().map(Object::getClass).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(
                        List.copyOf(Family.of(Generator.class).members().values()));
    }

    /** Bit by bit: of all classes at once, in batches of several sizes, and of a class alone. */
    @ParameterizedTest
    @MethodSource("examples")
    void whatIsDrawnDependsNeitherOnTheCompanyNorOnTheRepetition(Generator generator) {
        List<List<Drawn>> drawn = draw(generator, 3, 0, 1, 2);

        assertSame(draw(generator, 3, 0, 1, 2), drawn);
        assertSame(draw(generator, 1, 0, 1, 2), drawn);
        assertSame(draw(generator, 7, 0, 1, 2), drawn);
        assertSame(draw(generator, 3, 1), drawn.subList(1, 2));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void thereIsADrawingPerSeedAndEachIsItsOwn(Generator generator) {
        List<Drawn> drawn = draw(generator, 16, 0).get(0);

        assertThat(drawn).hasSameSizeAs(SEEDS);
        assertThat(drawn.get(0).values())
                .hasSize(Toys.INPUT.size())
                .isNotEqualTo(drawn.get(1).values());
        float[] clipped = drawn.get(0).values().clone();
        Toys.INPUT.clip(clipped);
        assertThat(clipped).containsExactly(drawn.get(0).values());
        for (Drawn one : drawn) {
            assertThat(one.logits()).containsExactly(Toys.relu().logits(new float[][] {one.values()})[0]);
            assertThat(one.steps()).isBetween(1, 9);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void onlyThoseDrawnTogetherDependOnTheOtherSeeds(Generator generator) {
        List<Drawn> drawn = draw(generator, 16, 0).get(0);
        Drawn alone = Drawings.run(generator.program(Toys.card(Toys.relu()), 0, SEEDS.subList(1, 2)), Toys.relu())
                .get(0);

        assertThat(Arrays.equals(alone.values(), drawn.get(1).values())).isNotEqualTo(generator.together());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aModelWithoutGradientsIsRefused(Generator generator) {
        ModelCard own = Toys.card(Toys.relu());
        generator.check(own);

        ModelCard forward = new ModelCard(own.name(), own.input(), own.classes(), List.of(), Model.class);
        assertThatThrownBy(() -> generator.check(forward))
                .isInstanceOf(UserError.class)
                .hasMessage(generator.getClass().getSimpleName()
                        + " needs gradients, and toy answers forward questions only; export the model as TorchScript with"
                        + " submit/export_model.py");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTravelsToTheExecutors(Generator generator) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(generator);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(generator);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsTextReadsBack(Generator generator) {
        String text = CanonicalText.of((Record) generator);
        RecordBinder binder = new RecordBinder(ConfigFactory.empty().root());

        assertThat(text).startsWith(CanonicalText.name((Record) generator));
        assertThat(binder.parse(Generator.class, text, new Place("a test"))).isEqualTo(generator);
    }

    /** The classes, each admitted with an image of its own, in the order of {@code classes}. */
    private static List<List<Drawn>> draw(Generator generator, int batch, int... classes) {
        record OfClass(int classIndex, List<Drawn> drawn) {}

        Stream<Admission<OfClass>> admissions = IntStream.of(classes)
                .mapToObj(c -> new Admission<>(
                        Toys.image(c), () -> program(generator, c).map(drawn -> new OfClass(c, drawn))));
        Iterator<Outcome<OfClass>> outcomes =
                new Scheduler(new HostDevice(Toys.relu()), batch).run(admissions.iterator());
        List<OfClass> found = new ArrayList<>();
        outcomes.forEachRemaining(outcome -> found.add(outcome.result()));
        return IntStream.of(classes)
                .mapToObj(c -> found.stream()
                        .filter(one -> one.classIndex() == c)
                        .findFirst()
                        .orElseThrow()
                        .drawn())
                .toList();
    }

    private static Program<List<Drawn>> program(Generator generator, int classIndex) {
        return generator.program(Toys.card(Toys.relu()), classIndex, SEEDS);
    }

    private static void assertSame(List<List<Drawn>> actual, List<List<Drawn>> expected) {
        for (int c = 0; c < expected.size(); c++) {
            for (int i = 0; i < SEEDS.size(); i++) {
                Drawn one = actual.get(c).get(i);
                Drawn other = expected.get(c).get(i);
                assertThat(one.values()).containsExactly(other.values());
                assertThat(one.logits()).containsExactly(other.logits());
                assertThat(one.steps()).isEqualTo(other.steps());
                assertThat(List.of(one.startVariance())).isEqualTo(List.of(other.startVariance()));
            }
        }
    }
}
