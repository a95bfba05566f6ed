package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1", // nothing to cut
        "1, 1, 1",
        "320, 32, 1", // a wave per shard
        "321, 33, 2",
        "1000000, 100000, 3125"
    })
    void shardsAreDealtIntoNoMoreWavesThanAllowed(long images, int shards, int waveShards) {
        IndexSettings settings = new IndexSettings(10, 32, 7);

        assertThat(settings.shards(images)).isEqualTo(shards);
        assertThat(settings.waveShards(images)).isEqualTo(waveShards);
    }

    @Test
    void thereIsAtLeastOneImagePerShardAndOneWave() {
        assertThatThrownBy(() -> new IndexSettings(0, 1, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IndexSettings(1, 0, 7)).isInstanceOf(IllegalArgumentException.class);
    }
}
