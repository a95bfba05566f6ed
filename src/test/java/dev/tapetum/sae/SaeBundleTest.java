package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.spec.SplitMix64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaeBundleTest {

    private static final int WIDTH = 3;
    private static final Quality QUALITY = new Quality(1000, 0.25, 31.5, 0.01, 0.125);
    private static final FeatureExtents EXTENTS =
            new FeatureExtents(9, new float[] {0, 1.5f, 2, 3, 0.1f, 7}, new long[] {0, 1, 9, 2, 4, 3});

    @TempDir
    Path folder;

    static Stream<Objective> objectives() {
        return Stream.of(
                new Relu(4e-4, 2),
                new TopK(2, 1 / 32.0, 10_000_000, 2),
                new BatchTopK(2, 1 / 32.0, 10_000_000, 2),
                new Matryoshka(4e-4, List.of(0.25, 0.25), 2),
                new JumpRelu(2, 1e-3, 1, 2));
    }

    private static SparseAutoencoder autoencoder(Objective objective) {
        SplitMix64 random = new SplitMix64(1);
        SparseAutoencoder start = Initialisation.of(
                objective,
                new Normalisation(new float[] {1, 2, 3}, 0.7f),
                SparseAutoencoderTest.normal(random, WIDTH * 20, 1),
                3);
        float[] thresholds = start.thresholds();
        for (int j = 0; j < thresholds.length; j++) {
            thresholds[j] = 0.1f * j;
        }

        return start;
    }

    private SaeBundle written(Objective objective) {
        return SaeBundle.write(folder, autoencoder(objective), "block3", "c0ffee", objective, QUALITY, EXTENTS);
    }

    private void replaceInConf(String old, String now) throws IOException {
        Path conf = folder.resolve(SaeBundle.CONF);
        String text = Files.readString(conf);
        assertThat(text).contains(old);
        Files.writeString(conf, text.replace(old, now));
    }

    private void assertUnreadable(String message) {
        assertThatThrownBy(() -> SaeBundle.read(folder, "toy"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void whatWasWrittenIsRead(Objective objective) {
        SaeBundle written = written(objective);
        SaeBundle read = SaeBundle.read(folder, "toy");
        assertThat(read).isEqualTo(written);
        assertThat(read)
                .isEqualTo(new SaeBundle(
                        folder,
                        "block3",
                        "c0ffee",
                        written.sha256(),
                        WIDTH,
                        6,
                        objective.activation(),
                        objective,
                        QUALITY));
        SparseAutoencoder expected = autoencoder(objective);
        SparseAutoencoder loaded = read.load("toy");
        assertThat(loaded.activation()).isEqualTo(expected.activation());
        assertThat(loaded.normalisation().mean())
                .isEqualTo(expected.normalisation().mean());
        assertThat(loaded.normalisation().scale())
                .isEqualTo(expected.normalisation().scale());
        assertThat(loaded.encoder()).isEqualTo(expected.encoder());
        assertThat(loaded.encoderBias()).isEqualTo(expected.encoderBias());
        assertThat(loaded.decoder()).isEqualTo(expected.decoder());
        assertThat(loaded.decoderBias()).isEqualTo(expected.decoderBias());
        assertThat(loaded.thresholds()).isEqualTo(expected.thresholds());
    }

    @Test
    void theConfSaysWhatTheAutoencoderIs() throws IOException {
        SaeBundle bundle = written(new TopK(2, 0.5, 1000, 2));
        assertThat(folder.resolve(SaeBundle.CONF)).hasContent("""
                # A sparse autoencoder; its weights, its thresholds, the normalisation of its tokens and, once it is judged, how large its features get are in sae.safetensors.
                format = 1
                tap = block3
                width = 3
                features = 6
                activation = "top-k(k=2)"
                objective = "top-k(k=2,auxiliary=0.5,dead-after=1000,expansion=2)"
                model-sha256 = c0ffee
                sha256 = %s
                metrics = "quality(tokens=1000,normalised-mse=0.25,l0=31.5,dead-fraction=0.01,dense-fraction=0.125,loss-recovered=null)"
                """.formatted(bundle.sha256()));
    }

    /** As of a checkpoint that was converted. */
    @Test
    void anAutoencoderOfUnknownOriginHasNeitherObjectiveNorMetrics() throws IOException {
        SaeBundle written =
                SaeBundle.write(folder, autoencoder(new Relu(0, 2)), "a tap, \"quoted\"", "c0ffee", null, null, null);
        assertThat(SaeBundle.read(folder, "toy")).isEqualTo(written);
        replaceInConf("objective = null\n", "");
        replaceInConf("metrics = null\n", "");
        assertThat(SaeBundle.read(folder, "toy")).isEqualTo(written);
    }

    @Test
    void howLargeFeaturesGetIsReadAsItWasWritten() {
        FeatureExtents extents = Objects.requireNonNull(written(new Relu(0, 2)).extents("toy"));
        assertThat(extents.images()).isEqualTo(9);
        assertThat(extents.maxima()).isEqualTo(EXTENTS.maxima());
        assertThat(extents.active()).isEqualTo(EXTENTS.active());
    }

    /** As of earlier releases, and while an autoencoder is not judged yet. */
    @Test
    void aBundleMayNotSayHowLargeFeaturesGet() {
        SaeBundle bundle =
                SaeBundle.write(folder, autoencoder(new Relu(0, 2)), "block3", "c0ffee", null, QUALITY, null);
        assertThat(bundle.extents("toy")).isNull();
        assertThat(bundle.load("toy").features()).isEqualTo(6);
    }

    @Test
    void extentsOfAnotherNumberOfFeaturesAreRefused() {
        FeatureExtents five = new FeatureExtents(9, new float[5], new long[5]);
        SaeBundle bundle = SaeBundle.write(folder, autoencoder(new Relu(0, 2)), "block3", "c0ffee", null, null, five);
        assertThatThrownBy(() -> bundle.extents("toy"))
                .isInstanceOf(UserError.class)
                .hasMessage("toy: sae.safetensors lacks a tensor max_activation of F32 with the shape [6] that sae.conf"
                        + " asks for; make the bundle again");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        written(new Relu(0, 2));
        Files.delete(folder.resolve(SaeBundle.WEIGHTS));
        assertUnreadable("toy has no sae.safetensors; make a bundle with tapetum sae train");
        Files.delete(folder.resolve(SaeBundle.CONF));
        assertUnreadable("toy has no sae.conf; make a bundle with tapetum sae train");
    }

    @Test
    void whatIsWrongInTheConfIsSaidWithItsKey() throws IOException {
        written(new TopK(2, 0.5, 1000, 2));
        replaceInConf("format = 1", "format = 2");
        assertUnreadable("sae.conf:2: format must be 1, the one that this release reads");
        replaceInConf("format = 2", "format = 1");
        replaceInConf("top-k(k=2)", "topk(k=2)");
        assertUnreadable("unknown activation 'topk'");
    }

    @Test
    void weightsThatAreNotTheOnesStatedAreRefused() throws IOException {
        SaeBundle bundle = written(new Relu(0, 2));
        byte[] weights = Files.readAllBytes(folder.resolve(SaeBundle.WEIGHTS));
        weights[weights.length - 1]++;
        Files.write(folder.resolve(SaeBundle.WEIGHTS), weights);
        assertThatThrownBy(() -> bundle.load("toy"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("toy: sae.safetensors has sha256 ")
                .hasMessageContaining("but sae.conf says " + bundle.sha256());
    }

    @Test
    void weightsOfAnotherShapeAreRefused() throws IOException {
        written(new Relu(0, 2));
        replaceInConf("features = 6", "features = 7");
        SaeBundle bundle = SaeBundle.read(folder, "toy");
        assertThatThrownBy(() -> bundle.load("toy"))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "toy: sae.safetensors lacks a tensor W_enc of F32 with the shape [3, 7] that sae.conf asks for;"
                                + " make the bundle again");
    }

    @Test
    void aCheckpointIsReadAsItWasWritten() {
        Path file = folder.resolve("checkpoint");
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("a", Tensor.Floats.of(1, 2));
        tensors.put("b", Tensor.Longs.of(3));
        LearnerState first = new LearnerState(3, tensors);
        LearnerState second = new LearnerState(3, new TreeMap<>(tensors.headMap("b")));
        new Checkpoint(3, List.of(first, second)).write(file);
        Checkpoint read = Checkpoint.read(file);
        assertThat(read.step()).isEqualTo(3);
        assertThat(read.states()).hasSize(2);
        assertThat(read.states().get(0).tensors().keySet()).containsExactly("a", "b");
        assertThat(read.states().get(1).tensors().keySet()).containsExactly("a");
        assertThat(Arrays.equals(
                        ((Tensor.Floats) read.states().get(1).tensors().get("a")).values(), new float[] {1, 2}))
                .isTrue();
    }

    @Test
    void aFileThatIsNoCheckpointIsRefused() {
        SaeBundle bundle = written(new Relu(0, 2));
        Path weights = bundle.directory().resolve(SaeBundle.WEIGHTS);
        assertThatThrownBy(() -> Checkpoint.read(weights))
                .isInstanceOf(UserError.class)
                .hasMessage(weights + " is no checkpoint of a training; delete it to start from the beginning");
    }
}
