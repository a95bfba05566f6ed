package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.SaeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoAutoencoderTest {
    private static final long MAX_BYTES = 2_000_000;

    @Test
    void theBundleIsSmallAndWholeAndTells(@TempDir Path directory) throws IOException {
        DemoAutoencoder.VIT.copyTo(directory.resolve("bundle"));

        SaeBundle bundle = SaeBundle.read(directory.resolve("bundle"), "demo");
        assertThat(bundle.load("demo").features()).isGreaterThan(DemoAutoencoder.CUE_FEATURE);
        assertThat(Files.size(directory.resolve("bundle").resolve(SaeBundle.WEIGHTS)))
                .isLessThanOrEqualTo(MAX_BYTES);
        assertThat(bundle.quality()).isNotNull();
        FeatureExtents extents = Objects.requireNonNull(bundle.extents("demo"));
        assertThat(extents.maxima()[DemoAutoencoder.CUE_FEATURE]).isPositive();
    }
}
