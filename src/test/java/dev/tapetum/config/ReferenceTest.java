package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.fairness.TrustLimits;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.prototype.Generator;
import dev.tapetum.sae.Objective;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Family;
import dev.tapetum.spec.Place;
import dev.tapetum.spec.RecordBinder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference is complete, and nothing in it is out of date. */
class ReferenceTest {
    private static final String TEXT = text();
    private static final Config REFERENCE = ConfigFactory.parseString(TEXT).getConfig("tapetum");

    private static String text() {
        try (InputStream file = PlanFile.class.getResourceAsStream("/reference.conf")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of("run", RunSettings.class, Set.of("output")),
                Arguments.of("dataset", DatasetSettings.class, Set.of()),
                Arguments.of("dataset.limits", DecodeLimits.class, Set.of()),
                Arguments.of("model", ModelSettings.class, Set.of("path")),
                Arguments.of("attribution", AttributionSettings.class, Set.of()),
                Arguments.of("attribution.map", MapSettings.class, Set.of()),
                Arguments.of("attribution.trust", TrustLimits.class, Set.of()),
                Arguments.of("property-gradients", PropertyGradientSettings.class, Set.of()),
                Arguments.of("sae", SaeSettings.class, Set.of()),
                Arguments.of("sae.training", SaeTraining.class, Set.of()),
                Arguments.of("prototypes", PrototypeSettings.class, Set.of()),
                Arguments.of("statistics", StatisticsOptions.class, Set.of()),
                Arguments.of("slices", SliceSettings.class, Set.of()));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyKeyOfABlockIsThereAndOnlyTheRequiredOnesHaveNoValue(
            String path, Class<? extends Record> type, Set<String> required) {
        assertThat(keys(type)).isEqualTo(union(REFERENCE.getObject(path).keySet(), required));
        required.forEach(key -> assertThat(TEXT).contains("# " + key + " = "));
    }

    @Test
    void everyBlockOfThePlanIsThere() {
        assertThat(keys(Plan.class)).isEqualTo(without(REFERENCE.root().keySet(), "defaults"));
    }

    static Stream<Class<?>> families() {
        return Stream.of(Attributor.class, Baseline.class, Objective.class, Generator.class);
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyParameterOfEveryMemberHasItsDefault(Class<?> type) {
        Family family = Family.of(type);
        Config defaults = REFERENCE.getConfig("defaults." + family.discriminator());

        family.members().forEach((name, member) -> {
            Set<String> known =
                    defaults.hasPath(name) ? defaults.getObject(name).keySet() : Set.of();
            assertThat(known).as(name).isEqualTo(keys(member));
        });
        assertThat(family.members().keySet()).containsAll(defaults.root().keySet());
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyMemberIsReadFromItsBareNameAndFromItsCanonicalText(Class<?> type) {
        ConfigObject defaults = REFERENCE.getObject("defaults");
        Place here = new Place("here");

        Family.of(type).members().keySet().forEach(name -> {
            Object member = new RecordBinder(defaults).parse(type, name, here);
            String canonical = CanonicalText.of((Record) member);

            assertThat(new RecordBinder(ConfigFactory.empty().root()).parse(type, canonical, here))
                    .isEqualTo(member);
        });
    }

    private static Set<String> keys(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        return Arrays.stream(components).map(CanonicalText::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.of(some, others).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> some, String one) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(List.of(one));
        return rest;
    }
}
