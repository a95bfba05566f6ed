package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.GradCam;
import dev.tapetum.attribution.IntegratedGradients;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attribution.SmoothGrad;
import dev.tapetum.attributionmetric.LocalTopK;
import dev.tapetum.attributionmetric.Overlap;
import dev.tapetum.attributionmetric.Perturbation;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.Reference;
import dev.tapetum.fairness.TrustLimits;
import dev.tapetum.image.Colour;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.intervention.Brightness;
import dev.tapetum.intervention.Followed;
import dev.tapetum.intervention.Place;
import dev.tapetum.intervention.Stamp;
import dev.tapetum.prototype.ActivationMaximisation;
import dev.tapetum.prototype.Jitter;
import dev.tapetum.sae.Relu;
import dev.tapetum.sae.TopK;
import dev.tapetum.table.MapEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlanTest {
    private static final String TEXT = """
            # A comment, and keys in no order.
            model.path = models/resnet
            dataset { manifest = "photos/manifest.csv", label = label, attributes = [site, "a \\"b\\""], sample = 5% }
            run { output = out, max-reject-fraction = 1e-5 }
            attribution {
              target = golden retriever
              methods = [ { method = smooth-grad, of = integrated-gradients } ]
            }
            gate = [ { metric = accuracy, attribute = site, max-gap = 0.05 } ]
            """;

    @Example
    void theCanonicalTextIsSortedAndComplete() {
        Plan plan = PlanFile.parse(TEXT, "night.conf", List.of()).plan();

        assertThat(plan.canonical()).isEqualTo("""
                        attribution = {
                          map = {
                            encoding = "float16"
                            resolution = "28"
                          }
                          methods = [
                            "smooth-grad(of=integrated-gradients(baseline=black,steps=0,tolerance=0.01,floor=0.5,max-steps=400),samples=25,sigma=0.15)"
                          ]
                          references = 16
                          target = "golden retriever"
                          trust = {
                            max-completeness-error = 0.1
                            max-randomised-similarity = 0.5
                            required = false
                          }
                        }
                        attribution-metrics = []
                        dataset = {
                          attributes = [
                            "site"
                            "a \\"b\\""
                          ]
                          cluster = null
                          content = "content"
                          image-id = "path"
                          images = null
                          label = "label"
                          limits = {
                            max-bytes = 268435456
                            max-pixels = 178956970
                          }
                          manifest = "photos/manifest.csv"
                          mask = null
                          parquet = null
                          path = "path"
                          root = null
                          sample = "5%"
                          webdataset = null
                        }
                        gate = [
                          {
                            attribute = "site"
                            group = null
                            level = "error"
                            max-change = null
                            max-gap = 0.05
                            max-value = null
                            metric = "accuracy"
                            min-value = null
                            undecided = "pass"
                          }
                        ]
                        interventions = []
                        model = {
                          batch = 64
                          device = "auto"
                          path = "models/resnet"
                          precision = "float32"
                        }
                        property-gradients = {
                          corruption-reference = "alexnet"
                          min-effect = 0.02
                          of = "probability"
                          sample = null
                          shuffles = 1000
                          targets = [
                            "predicted"
                          ]
                        }
                        prototypes = {
                          classes = []
                          images = 100
                          methods = [
                            "prototype(steps=1500,rate=0.05,step-scale=image,high-frequency=1,transforms=jitter(rotation=5,scale=0.1,translation=0.05),diversity=0.0,patience=100,tolerance=0.01,start-steps=500,start-tolerance=0.01)"
                            "activation-maximisation(steps=512,rate=0.05,transforms=jitter(rotation=10,scale=0.1,translation=0.03571428571428571))"
                          ]
                          min-amount = 0.25
                          seeds = 4
                        }
                        run = {
                          baseline = null
                          id = null
                          max-reject-fraction = 0.00001
                          output = "out"
                          seed = 7
                          shard-images = 2048
                        }
                        sae = {
                          features = []
                          path = null
                          top = 32
                          training = {
                            batch = 16384
                            checkpoint = 500
                            clip = 1
                            encoding = "float16"
                            held-out = 0.05
                            judged-images = 1000
                            learning-rate = 0.0004
                            objectives = [
                              "top-k(k=32,auxiliary=0.03125,dead-after=10000000,expansion=16)"
                            ]
                            output = null
                            tap = null
                            tasks = 1
                            tokens = 100000000
                            tokens-per-image = null
                            warm-up = 500
                          }
                        }
                        slices = {
                          alpha = 0.95
                          depth = 3
                          min-support = 0.01
                          top = 20
                        }
                        statistics = {
                          bootstrap = 2000
                          confidence = 0.95
                          false-discovery-rate = 0.05
                          intersections = 2
                          min-group = 30
                          reference = "others"
                          references = {}
                        }
                        """);
    }

    @Example
    void theHashIsThatOfTheCanonicalText() {
        Plan plan = PlanFile.parse(TEXT, "night.conf", List.of()).plan();
        Plan same = PlanFile.parse(
                        TEXT.replace("# A comment, and", "# Other words,"), "other.conf", List.of("run.seed=7"))
                .plan();
        Plan other = PlanFile.parse(TEXT, "night.conf", List.of("run.seed=8")).plan();

        // sha256sum of a file with the text above.
        assertThat(plan.sha256()).isEqualTo("5819db86da533dd5568a9cd9ae3c71b985de07ae5fd985b397077e5852eb8a51");
        assertThat(same.sha256()).isEqualTo(plan.sha256());
        assertThat(other.sha256()).isNotEqualTo(plan.sha256());
    }

    @Property(tries = 200)
    void theCanonicalTextReadsBackAsAnEqualPlan(@ForAll("plans") Plan plan) {
        assertThat(PlanFile.parse(plan.canonical(), "a table", List.of()).plan())
                .isEqualTo(plan);
    }

    @Property(tries = 20)
    void aPlanSurvivesJavaSerialisation(@ForAll("plans") Plan plan) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(plan);
        }
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Combinators.combine(runs(), datasets(), models(), attributions(), gaps())
                .as((run, dataset, model, attribution, maxGap) -> new Plan(
                        run,
                        dataset,
                        model,
                        attribution,
                        List.of(new LocalTopK(0.05, 2, Overlap.RECALL, new Perturbation.Sign(0.125), 3)),
                        List.of(
                                new Brightness(-0.5, 0.25, 7),
                                new Stamp(
                                        "a \"b\"",
                                        new Place.Disc(0.5, 0.25, 0.125),
                                        new Colour("#f2d21b"),
                                        null,
                                        0,
                                        1,
                                        3)),
                        new PropertyGradientSettings(
                                List.of(Target.PREDICTED, Target.ALL),
                                Followed.LOGIT,
                                19,
                                0.25,
                                new GroupSample("12 per group"),
                                "alexnet"),
                        new SaeSettings(
                                "sae \"b\"",
                                7,
                                List.of(34, 222),
                                new SaeTraining(
                                        "block3",
                                        null,
                                        4,
                                        MapEncoding.FLOAT32,
                                        0.25,
                                        List.of(new TopK(5, 0.5, 100, 2), new Relu(0.125, 3)),
                                        8,
                                        100,
                                        0.5,
                                        3,
                                        1,
                                        2,
                                        3,
                                        50)),
                        new PrototypeSettings(
                                List.of(new ActivationMaximisation(5, 0.125, new Jitter(1, 0.5, 0))),
                                List.of("a \"b\"", "c"),
                                2,
                                3,
                                0.25),
                        new StatisticsOptions(0.9, 100, 0.1, 2, 2, Reference.BEST, references(dataset)),
                        new SliceSettings(2, 5, 0.05, 0.5),
                        dataset.attributes().stream()
                                .flatMap(attribute -> Stream.of(
                                        new Gate("accuracy", attribute, maxGap),
                                        new Gate(
                                                "accuracy",
                                                attribute,
                                                "a \"b\"",
                                                null,
                                                null,
                                                -maxGap,
                                                null,
                                                Gate.Level.WARNING,
                                                Gate.Undecided.FAIL)))
                                .toList()));
    }

    /** Each attribute has a reference, whose name is as odd as its own. */
    private static Map<String, String> references(DatasetSettings dataset) {
        return dataset.attributes().stream().collect(Collectors.toMap(name -> name, name -> name + "\" × #"));
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(10),
                        Arbitraries.strings()
                                .withChars("ab\"\\${}[]()=,# \n")
                                .ofMinLength(1)
                                .ofMaxLength(10))
                .filter(text -> !text.isBlank());
    }

    private static Arbitrary<Double> gaps() {
        return Arbitraries.longs().map(Double::longBitsToDouble).filter(gap -> gap >= 0 && Double.isFinite(gap));
    }

    private static Arbitrary<RunSettings> runs() {
        return Combinators.combine(
                        Arbitraries.of("night-1", "2026_11.a").injectNull(0.3),
                        Arbitraries.longs(),
                        strings(),
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of("accepted", "night-1").injectNull(0.5))
                .as(RunSettings::new);
    }

    private static Arbitrary<DatasetSettings> datasets() {
        Arbitrary<String> columns = strings();

        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        strings(),
                        columns,
                        columns.injectNull(0.5),
                        columns.list().uniqueElements().ofMaxSize(3),
                        Arbitraries.of(new Sample("7"), new Sample("0.5%")).injectNull(0.3))
                .as((source, location, column, nullable, attributes, sample) -> new DatasetSettings(
                        source == 0 ? location : null,
                        source == 1 || source == 4 ? location : null,
                        source == 2 ? location : null,
                        source == 3 ? location : null,
                        source == 4 ? location : null,
                        column,
                        column,
                        column,
                        nullable,
                        attributes,
                        nullable,
                        nullable,
                        sample,
                        DecodeLimits.DEFAULT));
    }

    private static Arbitrary<ModelSettings> models() {
        return Combinators.combine(
                        strings(),
                        Arbitraries.of(DeviceChoice.AUTO, DeviceChoice.CPU, new DeviceChoice("gpu:3")),
                        Arbitraries.of(Precision.class),
                        Arbitraries.integers().greaterOrEqual(1))
                .as(ModelSettings::new);
    }

    private static Arbitrary<AttributionSettings> attributions() {
        Arbitrary<Attributor> methods = Arbitraries.oneOf(
                Arbitraries.of(new Saliency(true), new Saliency(false)),
                strings().map(GradCam::new),
                Arbitraries.doubles()
                        .between(0.01, 9)
                        .map(sigma -> new IntegratedGradients(new Baseline.Blur(sigma), 0, sigma / 7, 0.5, 400)));
        Arbitrary<Attributor> wrapped = methods.map(method -> new SmoothGrad(method, 3, 0.1));

        return Combinators.combine(
                        strings().map(text -> Target.parse(text)),
                        Arbitraries.oneOf(methods, wrapped)
                                .list()
                                .uniqueElements()
                                .ofMaxSize(4),
                        Arbitraries.of(new Resolution("8"), Resolution.FULL),
                        Arbitraries.of(MapEncoding.class))
                .as((target, list, resolution, encoding) -> new AttributionSettings(
                        target, list, 3, new MapSettings(resolution, encoding), new TrustLimits(0.4, 0.2, true)));
    }
}
