package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void aTargetIsAClassUnlessItIsPredictedOrTheLabel() {
        assertThat(Target.parse("predicted").isClass()).isFalse();
        assertThat(Target.parse("label").isClass()).isFalse();
        assertThat(Target.parse("golden retriever").isClass()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(" "));
    }
}
