package dev.tapetum.attribution;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The path methods on the demo models through DJL against an independent computation in PyTorch, in double precision, by
 * {@code src/test/python/make_path_fixtures.py}. The draws of expected-gradients and gradient-shap are restated
 * there.
 */
final class PathFixturesTest {

    /** The images are chosen so that single precision alone stays below half of this. */
    private static final double TOLERANCE = 1e-3;

    private static final Baseline BLACK = new Baseline.Black();

    private static final List<Baseline> REFERENCES = List.of(BLACK, new Baseline.White(), new Baseline.Mean());

    private static final Map<String, Attributor> METHODS = Map.of(
            "expected_gradients", new ExpectedGradients(REFERENCES, 30),
            "gradient_shap", new GradientShap(REFERENCES, 30, 0.05),
            "split_ig", new SplitIg(BLACK, 50, 0.9),
            "idgi", new Idgi(new GradientPath.Straight(BLACK, 50)),
            "idgi_blur", new Idgi(new GradientPath.Blur(50, 100)),
            "idgi_guided", new Idgi(new GradientPath.Guided(BLACK, 50, 0.25, 0.02)),
            "blur_ig", new BlurIg(50, 100, 0.01),
            "guided_ig", new GuidedIg(BLACK, 50, 0.25, 0.02),
            "agi", new Agi(0.05, 20, 20),
            "boundary_ig", new BoundaryIg(20, 3, 10, 50));

    /** On a model without kinks, where a Hessian is one. */
    private static final Map<String, Attributor> SMOOTH =
            Map.of("integrated_hessians", new IntegratedHessians(new Features.Grid(2), BLACK, 4));

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "vit"})
    void attributionsAreThoseOfPyTorch(String name) {
        Fixtures.of(name + "-paths").assertAttributions(Fixtures.demoModel(name), METHODS, TOLERANCE);
    }

    @Test
    void interactionsOnTheTransformerAreThoseOfPyTorch() {
        Fixtures.of("vit-paths").assertAttributions(Fixtures.demoModel("vit"), SMOOTH, TOLERANCE);
    }
}
