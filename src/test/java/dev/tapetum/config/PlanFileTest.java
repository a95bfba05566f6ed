package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.GradCam;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.IntegratedGradients;
import dev.tapetum.attribution.Occlusion;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attribution.SmoothGrad;
import dev.tapetum.attribution.SmoothGradSquared;
import dev.tapetum.attribution.VarGrad;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.TrustLimits;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.prototype.ActivationMaximisation;
import dev.tapetum.prototype.Jitter;
import dev.tapetum.prototype.Prototype;
import dev.tapetum.prototype.StepScale;
import dev.tapetum.spec.Hocon;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.MapEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFileTest {
    private static final String SMALLEST = """
            run.output = out
            dataset.images = photos
            model.path = models/resnet
            """;

    private static final IntegratedGradients INTEGRATED =
            new IntegratedGradients(new Baseline.Black(), 0, 0.01, 0.5, 400);

    @TempDir
    private Path folder;

    private static Plan plan(String... lines) {
        return PlanFile.parse(SMALLEST + String.join("\n", lines), "night.conf", List.of())
                .plan();
    }

    /** Refuses lines that follow the three of the smallest plan. */
    private static void refused(String message, String... lines) {
        assertThatThrownBy(() -> plan(lines)).isInstanceOf(UserError.class).hasMessage(message);
    }

    private static void refusedOption(String message, String option) {
        assertThatThrownBy(() -> PlanFile.parse(SMALLEST, "night.conf", List.of(option)))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }

    @Test
    void runDefaults() {
        assertThat(plan().run()).isEqualTo(new RunSettings(null, 7, "out", 2048, 0.01, null));
    }

    @Test
    void runMappings() {
        Plan plan = plan("run { id = night-1, seed = 8, output = \"s3a://b/out\", shard-images = 16"
                + ", max-reject-fraction = 0.5 }");

        assertThat(plan.run()).isEqualTo(new RunSettings("night-1", 8, "s3a://b/out", 16, 0.5, null));
    }

    @Test
    void datasetDefaults() {
        assertThat(plan().dataset())
                .isEqualTo(new DatasetSettings(
                        "photos",
                        null,
                        null,
                        null,
                        null,
                        "path",
                        "content",
                        "path",
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        DecodeLimits.DEFAULT));
    }

    @Test
    void datasetMappings() {
        Plan plan = plan("""
                dataset {
                  images = null, manifest = "photos/manifest.csv", root = photos, path = file, content = bytes
                  image-id = id, label = class, attributes = [site, vendor], cluster = patient, mask = region
                  sample = 2000, limits { max-bytes = 1 MiB, max-pixels = 1000000 }
                }
                """);

        assertThat(plan.dataset())
                .isEqualTo(new DatasetSettings(
                        null,
                        "photos/manifest.csv",
                        null,
                        null,
                        "photos",
                        "file",
                        "bytes",
                        "id",
                        "class",
                        List.of("site", "vendor"),
                        "patient",
                        "region",
                        new Sample("2000"),
                        new DecodeLimits(1 << 20, 1_000_000)));
    }

    @Test
    void theSourceIsTheOneThatIsGiven() {
        assertThat(plan().dataset().source()).isEqualTo(new Source.ImageFiles("photos"));
        assertThat(plan("dataset { images = null, manifest = m.csv, root = r }")
                        .dataset()
                        .source())
                .isEqualTo(new Source.ManifestFiles("m.csv", "r", "path"));
        assertThat(plan("dataset { images = null, parquet = p }").dataset().source())
                .isEqualTo(new Source.ParquetTable("p", "content"));
        assertThat(plan("dataset { images = null, webdataset = \"w/*.tar\" }")
                        .dataset()
                        .source())
                .isEqualTo(new Source.WebDatasetShards("w/*.tar"));
    }

    @Test
    void modelDefaults() {
        assertThat(plan().model())
                .isEqualTo(new ModelSettings("models/resnet", DeviceChoice.AUTO, Precision.FLOAT32, 64));
    }

    @Test
    void modelMappings() {
        assertThat(plan("model { path = m, device = \"gpu:1\", precision = float32, batch = 8 }")
                        .model())
                .isEqualTo(new ModelSettings("m", new DeviceChoice("gpu:1"), Precision.FLOAT32, 8));
    }

    @Test
    void prototypeDefaults() {
        assertThat(plan().prototypes())
                .isEqualTo(new PrototypeSettings(
                        List.of(
                                new Prototype(
                                        1500,
                                        0.05,
                                        StepScale.IMAGE,
                                        1,
                                        new Jitter(5, 0.1, 0.05),
                                        0,
                                        100,
                                        0.01,
                                        500,
                                        0.01),
                                new ActivationMaximisation(512, 0.05, new Jitter(10, 0.1, 8.0 / 224))),
                        List.of(),
                        4,
                        100,
                        0.25));
    }

    @Test
    void prototypeMappings() {
        PrototypeSettings prototypes = plan("""
                        prototypes {
                          methods = [ { generator = activation-maximisation, steps = 20, transforms.rotation = 0 } ]
                          classes = [ "Persian cat", mug ]
                          seeds = 2
                          images = 30
                          min-amount = 0.75
                        }
                        """).prototypes();

        assertThat(prototypes)
                .isEqualTo(new PrototypeSettings(
                        List.of(new ActivationMaximisation(20, 0.05, new Jitter(0, 0.1, 8.0 / 224))),
                        List.of("Persian cat", "mug"),
                        2,
                        30,
                        0.75));
    }

    @Test
    void attributionDefaults() {
        MapSettings map = new MapSettings(new Resolution("28"), MapEncoding.FLOAT16);
        TrustLimits trust = new TrustLimits(0.5, 0.1, false);

        assertThat(plan().attribution())
                .isEqualTo(new AttributionSettings(Target.PREDICTED, List.of(), 16, map, trust));
    }

    @Test
    void attributionMappings() {
        AttributionSettings attribution = plan("""
                        attribution {
                          target = golden retriever
                          methods = [ saliency, { method = integrated-gradients, tolerance = 0.02 } ]
                          references = 5
                          map = { resolution = full, encoding = float32 }
                          trust { max-randomised-similarity = 0.3, max-completeness-error = 0.05, required = true }
                        }
                        """).attribution();

        assertThat(attribution)
                .isEqualTo(new AttributionSettings(
                        new Target("golden retriever"),
                        List.of(new Saliency(false), new IntegratedGradients(new Baseline.Black(), 0, 0.02, 0.5, 400)),
                        5,
                        new MapSettings(Resolution.FULL, MapEncoding.FLOAT32),
                        new TrustLimits(0.3, 0.05, true)));
    }

    @Test
    void methodDefaults() {
        Saliency saliency = new Saliency(false);

        assertThat(plan("attribution.methods = [saliency, input-x-gradient, integrated-gradients, smooth-grad,"
                                + " smooth-grad-squared, var-grad, grad-cam, occlusion]")
                        .attribution()
                        .methods())
                .containsExactly(
                        saliency,
                        new InputXGradient(),
                        INTEGRATED,
                        new SmoothGrad(saliency, 25, 0.15),
                        new SmoothGradSquared(saliency, 25, 0.15),
                        new VarGrad(saliency, 25, 0.15),
                        new GradCam("last"),
                        new Occlusion(0.25, 0.125, new Baseline.Black()));
    }

    @Test
    void methodMappings() {
        assertThat(plan("""
                                attribution.methods = [
                                  { method = saliency, abs = true }
                                  { method = integrated-gradients, baseline = blur(3), steps = 50, tolerance = 0.1
                                    floor = 1, max-steps = 99 }
                                  { method = smooth-grad, of = { method = input-x-gradient }, samples = 5, sigma = 0.2 }
                                  { method = var-grad, of = integrated-gradients }
                                  { method = grad-cam, tap = block3 }
                                  { method = occlusion, window = 0.5, stride = 0.5, baseline { baseline = blur } }
                                ]
                                """).attribution().methods())
                .containsExactly(
                        new Saliency(true),
                        new IntegratedGradients(new Baseline.Blur(3), 50, 0.1, 1, 99),
                        new SmoothGrad(new InputXGradient(), 5, 0.2),
                        new VarGrad(INTEGRATED, 25, 0.15),
                        new GradCam("block3"),
                        new Occlusion(0.5, 0.5, new Baseline.Blur(5)));
    }

    @Test
    void statisticsDefaults() {
        assertThat(plan().statisticsSettings()).isEqualTo(StatisticsSettings.withSeed(7));
    }

    @Test
    void statisticsMappings() {
        Plan plan = plan(
                "run.seed = 3",
                "statistics { confidence = 0.9, bootstrap = 500, false-discovery-rate = 0.1, min-group = 5 }");

        assertThat(plan.statisticsSettings()).isEqualTo(new StatisticsSettings(0.9, 500, 0.1, 5, 3));
    }

    @Test
    void gateDefaults() {
        assertThat(plan().gate()).isEmpty();
    }

    @Test
    void gateMappings() {
        assertThat(plan(
                                "dataset.attributes = [site]",
                                "gate = [ { metric = accuracy, attribute = site, max-gap = 0.05 } ]")
                        .gate())
                .containsExactly(new Gate("accuracy", "site", 0.05));
    }

    @Test
    void optionsGoBeforeTheTextAndTheTextBeforeTheDefaults() {
        Plan plan = PlanFile.parse(
                        SMALLEST + "run { seed = 1, shard-images = 10 }",
                        "night.conf",
                        List.of("run.seed=2", "attribution.methods=[saliency]", "dataset.images=hdfs://n:9000/a b"))
                .plan();

        assertThat(plan.run()).isEqualTo(new RunSettings(null, 2, "out", 10, 0.01, null));
        assertThat(plan.attribution().methods()).containsExactly(new Saliency(false));
        assertThat(plan.dataset().images()).isEqualTo("hdfs://n:9000/a b");
    }

    @Test
    void theEnvironmentFillsSubstitutions() {
        String text = SMALLEST + "run { id = ${?RUN_ID}, seed = ${?SEED}, output = \"out/\"${USER} }";
        Plan plan = PlanFile.bind(
                        Hocon.text(text, "night.conf"), "night.conf", List.of(), Map.of("RUN_ID", "n1", "USER", "me"))
                .plan();

        assertThat(plan.run()).isEqualTo(new RunSettings("n1", 7, "out/me", 2048, 0.01, null));
    }

    @Test
    void aFileIncludesOthersRelativeToItself() throws IOException {
        Files.writeString(folder.resolve("base.conf"), SMALLEST + "run.seed = 5");
        Path night = Files.writeString(folder.resolve("night.conf"), "include \"base.conf\"\nrun.shard-images = 9");

        assertThat(PlanFile.load(night.toString(), List.of()).plan().run())
                .isEqualTo(new RunSettings(null, 5, "out", 9, 0.01, null));
    }

    @Test
    void anErrorInAnIncludedFileNamesThatFile() throws IOException {
        Path base = Files.writeString(folder.resolve("base.conf"), SMALLEST + "run.sed = 5");
        Path night = Files.writeString(folder.resolve("night.conf"), "\n\ninclude \"base.conf\"\n");

        assertThatThrownBy(() -> PlanFile.load(night.toString(), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage(base + ":4: unknown key 'sed' in run; did you mean 'seed'?");
    }

    @ParameterizedTest
    @CsvSource({"quick, 3, 2", "standard, 9, 9", "thorough, 20, 24", "standard rules, 12, 11", "thorough rules, 23, 26"
    })
    void theSetsOfMethodsCanBeIncluded(String sets, int methods, int metrics, @TempDir Path folder) throws IOException {
        Path conf = Path.of("conf").toAbsolutePath();
        Path file = folder.resolve("plan.conf");
        StringBuilder text = new StringBuilder();
        for (String set : sets.split(" ", -1)) {
            text.append("include file(\"%s/%s.conf\")\n".formatted(conf, set));
        }

        Files.writeString(file, text.append("""
                run.output = out
                dataset.images = "*.jpg"
                model.path = model
                """));

        Plan plan = PlanFile.load(file.toString(), List.of()).plan();

        assertThat(plan.attribution().methods()).hasSize(methods);
        assertThat(plan.attributionMetrics()).hasSize(metrics);
    }

    @Test
    void theExampleIsAPlan() {
        Plan plan = PlanFile.load("conf/example.conf", List.of()).plan();

        assertThat(plan.attribution().methods()).hasSize(6);
        assertThat(plan.gate()).hasSize(2);
    }

    @Test
    void aMissingPlanIsNamed() {
        assertThatThrownBy(() -> PlanFile.load("no-such.conf", List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("no-such.conf: there is no such file");
    }

    @Test
    void featuresByTheHundredAreRefused() {
        String sixtyFour = IntStream.range(0, 64).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String plan = "run.output = out\ndataset.images = x\nmodel.path = m\nsae { path = a, features = [%s] }";

        assertThat(PlanFile.parse(plan.formatted(sixtyFour), "night.conf", List.of())
                        .plan()
                        .sae()
                        .features())
                .hasSize(64);
        assertThatThrownBy(() -> PlanFile.parse(plan.formatted(sixtyFour + ",64"), "night.conf", List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("sae: features must be at most 64, not 65; every group is compared");
    }

    @Test
    void whatIsRequiredIsMissed() {
        assertThatThrownBy(() -> PlanFile.parse("run.output = out\ndataset.images = x", "night.conf", List.of()))
                .hasMessage("night.conf:1: missing key 'path' in model");
        assertThatThrownBy(() -> PlanFile.parse("\nrun {\n seed = 3 }", "night.conf", List.of()))
                .hasMessage("night.conf:2: missing key 'output' in run");
        assertThatThrownBy(() -> PlanFile.parse("", "night.conf", List.of()))
                .hasMessage("night.conf:1: missing key 'output' in run");
        assertThatThrownBy(() -> PlanFile.parse("", "night.conf", List.of("run.seed=3", "run.id=a")))
                .hasMessage("--set run.id: missing key 'output' in run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests = []        | unknown key 'tests' in the plan; known keys: run, dataset, model, attribution, attribution-metrics, interventions, property-gradients, sae, prototypes, statistics, slices, gate",
                "modle.path = x            | unknown key 'modle' in the plan; did you mean 'model'?",
                "sae.features = [3]        | sae: features are those of an autoencoder, and sae.path names none",
                "sae { path = a, features = [3, 4, 3] } | sae: features[2] repeats an earlier one: 3",
                "sae { path = a, features = [3, -1] }   | sae: features[1] must be an index from 0 on, not -1",
                "prototypes.methods = []   | prototypes: methods must name at least one, such as prototype",
                "prototypes.methods = [activation-maximisation, activation-maximisation] | prototypes: methods[1] repeats an earlier one: activation-maximisation(steps=512,rate=0.05,transforms=jitter(rotation=10,scale=0.1,translation=0.03571428571428571))",
                "prototypes.methods = [prototpye] | unknown generator 'prototpye'; did you mean 'prototype'?",
                "prototypes.classes = [a, a] | prototypes: classes[1] repeats an earlier one: a",
                "prototypes.seeds = 0      | prototypes: seeds must be at least 1, not 0",
                "prototypes.images = 1     | prototypes: images must be at least 2, not 1",
                "run = 3                   | 'run' in the plan must be an object, not 3",
                "run.id = a/b              | run: id must be up to 128 letters, digits, '.', '_' and '-', starting with a letter or digit, not 'a/b'",
                "run.seed = seven          | 'seed' in run must be a whole number, not 'seven'",
                "run.output = \"\"         | run: output must not be blank",
                "run.shard-images = 0      | run: shard-images must be at least 1, not 0",
                "run.max-reject-fraction=2 | run: max-reject-fraction must be from 0 to 1, not 2.0",
                "dataset.lable = x         | unknown key 'lable' in dataset; did you mean 'label'?",
                "dataset.attributes = [a, b, a] | dataset: attributes[2] repeats an earlier one: a",
                "dataset.attributes = [a, \"\"] | dataset: attributes[1] must not be blank",
                "dataset.root = x          | dataset: root is for the paths of a manifest, and there is none",
                "dataset.sample = some     | 'sample' in dataset must be a number of images such as 2000 or a share such as 5%, not 'some'",
                "dataset.limits.max-bytes = 0 | dataset.limits: max-bytes must be at least 1, not 0",
                "model.device = tpu        | 'device' in model must be auto, cpu, gpu or gpu:N, not 'tpu'",
                "model.precision = float23 | 'precision' in model is an unknown word, 'float23'; did you mean 'float32'?",
                "model.batch = 0           | model: batch must be at least 1, not 0",
                "attribution.methods = [salience] | unknown method 'salience'; did you mean 'saliency'?",
                "attribution.methods = [saliency, saliency] | attribution: methods[1] repeats an earlier one: saliency(abs=false)",
                "attribution.methods = [{ method = integrated-gradients, tolerence = 1 }] | unknown key 'tolerence' in integrated-gradients; did you mean 'tolerance'?",
                "attribution.methods = [{ method = smooth-grad, samples = 0 }] | smooth-grad: samples is the number of noisy copies, at least 1, not 0",
                "attribution.methods = [{ method = occlusion, baseline = blur(0) }] | blur: sigma is in pixels and above zero, not 0.0",
                "attribution.methods = [{ method = occlusion, baseline = grey }] | unknown baseline 'grey'; known baselines: black, blur, max-distance, mean, noise, sample, white",
                "attribution.references = 0 | attribution: references is a number of images from 1 to 1024, all of which every executor keeps in memory, not 0",
                "attribution.map.resolution = 0 | 'resolution' in attribution.map must be full or a number of cells from 1 to 9999, not '0'",
                "attribution.map.encoding = int8 | 'encoding' in attribution.map is an unknown word, 'int8'; known words: float16, float32",
                "statistics.confidence = 95 | statistics: confidence must lie strictly between 0 and 1, but is 95.0",
                "statistics.bootstrap = 1  | statistics: bootstrap must lie between 100 and 100000, but is 1",
                "gate = [{ metric = accuracy, attribute = site, max-gap = 0.1 }] | gate[0].attribute 'site' is not among dataset.attributes; there are no attributes",
                "gate = [{ metric = accuracy, min-value = 0.9, max-value = 1 }] | gate[0]: a rule has exactly one of max-gap, min-value, max-value and max-change, not min-value and max-value",
                "gate = [{ metric = accuracy, min-valu = 0.9 }] | unknown key 'min-valu' in gate[0]; did you mean 'min-value'?",
                "gate = [{ metric = accuracy, min-value = 0.9, level = warn }] | 'level' in gate[0] is an unknown word, 'warn'; known words: error, warning",
                "gate = [{ metric = accuracy, group = annex, min-value = 0.9 }] | gate[0]: group must be a value of an attribute, which the rule names as well",
                "run.baseline = \"a/b\" | run: baseline must be up to 128 letters, digits, '.', '_' and '-', starting with a letter or digit, not 'a/b'",
                "gate = [{ metric = accuracy, attribute = site, max-gap = -1 }] | gate[0]: max-gap must be at least 0, but is -1.0",
                "statistics.intersections = 0 | statistics: intersections must be at least 1, but is 0",
                "statistics.reference = bset | 'reference' in statistics is an unknown word, 'bset'; did you mean 'best'?",
                "gate = [{ metric = accuracy }] | gate[0]: a rule has exactly one of max-gap, min-value, max-value and max-change, and this one has none",
            })
    void aWrongPlanIsRefusedWithItsLine(String line, String message) {
        refused("night.conf:5: " + message, "", line);
    }

    @Test
    void thereIsExactlyOneSource() {
        refused(
                "night.conf:2: dataset: only one of images, manifest, parquet and webdataset may say where the images are,"
                        + " not 2",
                "dataset.parquet = p");
        refused(
                "night.conf:4: dataset: one of images, manifest, parquet and webdataset must say where the images are",
                "dataset.images = null");
    }

    @Test
    void anIntersectionIsNamedInAnyOrder() {
        Plan plan = plan(
                "dataset.attributes = [site, tag]",
                "gate = [{ metric = accuracy, attribute = \"tag × site\", max-gap = 0.1 }]",
                "statistics.references { \"tag × site\" = \"no × main\", site = main }");

        assertThat(plan.gate()).extracting(Gate::attribute).containsExactly("site × tag");
        assertThat(plan.references().named()).containsOnly(entry("site × tag", "main × no"), entry("site", "main"));
    }

    @Test
    void anIntersectionIsOfAttributesAndNoDeeperThanThePlanCrosses() {
        refused(
                "night.conf:5: gate[0].attribute 'site × tga' is not among dataset.attributes; known attributes: site, tag",
                "dataset.attributes = [site, tag]",
                "gate = [{ metric = accuracy, attribute = \"site × tga\", max-gap = 0.1 }]");
        refused(
                "night.conf:6: gate[0].attribute 'site × tag' crosses 2 attributes, and statistics.intersections is 1",
                "dataset.attributes = [site, tag]",
                "statistics.intersections = 1",
                "gate = [{ metric = accuracy, attribute = \"site × tag\", max-gap = 0.1 }]");
        refused(
                "night.conf:5: statistics.references 'vendr' is not among dataset.attributes; did you mean 'vendor'?",
                "dataset.attributes = [site, vendor]",
                "statistics.references { vendr = A }");
    }

    @Test
    void theRuleOfTheGateIsFoundOnItsLine() {
        refused(
                "night.conf:8: gate[1].attribute 'vendr' is not among dataset.attributes; did you mean 'vendor'?",
                "dataset.attributes = [site, vendor]",
                "gate = [",
                "  { metric = accuracy, attribute = site, max-gap = 0.1 }",
                "  { metric = accuracy",
                "    attribute = vendr, max-gap = 0.1 }",
                "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run.seed=x           | --set run.seed: 'seed' in run must be a whole number, not 'x'",
                "run.sed=1            | --set run.sed: unknown key 'sed' in run; did you mean 'seed'?",
                "run.shard-images=0   | --set run.shard-images: run: shard-images must be at least 1, not 0",
                "attribution.methods=[salience] | --set attribution.methods: unknown method 'salience'; did you mean 'saliency'?",
                "run                  | --set run: must have the form key=value"
            })
    void aWrongOptionIsNamedWithoutALine(String option, String message) {
        refusedOption(message, option);
    }

    @Test
    void aWrongVariableIsNamed() {
        String text = SMALLEST + "run.seed = ${SEED}";

        assertThatThrownBy(() ->
                        PlanFile.bind(Hocon.text(text, "night.conf"), "night.conf", List.of(), Map.of("SEED", "x")))
                .isInstanceOf(UserError.class)
                .hasMessage("environment variable SEED: 'seed' in run must be a whole number, not 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run { seed = 1", "run = [1, ", "a = ${", "gate = ]"})
    void badSyntaxIsOneLineWithFileAndLine(String line) {
        assertThatThrownBy(() -> plan(line))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("night\\.conf:4: [^\\n]+");
    }

    @Test
    void whatOnlyShowsLaterHasItsLineToo() {
        PlanFile file = PlanFile.parse(
                SMALLEST + "attribution.methods = [\n  saliency\n  { method = grad-cam }\n]",
                "night.conf",
                List.of("run.seed=1"));

        assertThat(file.error("attribution.methods[1]", "the model has no taps"))
                .hasMessage("night.conf:6: the model has no taps");
        assertThat(file.place("dataset.images").text()).isEqualTo("night.conf:2");
        assertThat(file.place("dataset.label").text()).isEqualTo("night.conf:2");
        assertThat(file.place("run.seed").text()).isEqualTo("--set run.seed");
        assertThat(file.place("gate").text()).isEqualTo("night.conf:1");
    }
}
