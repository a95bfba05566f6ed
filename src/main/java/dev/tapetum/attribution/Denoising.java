package dev.tapetum.attribution;

import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;

/** The methods that say one thing about the attributions of another method over a cloud of noisy copies. */
sealed interface Denoising extends Attributor permits SmoothGrad, SmoothGradSquared, VarGrad {

    Attributor of();

    int samples();

    double sigma();

    /** What the method makes of the cloud's moments. */
    PixelValues values(NoiseCloud.Moments moments);

    @Override
    default void check(ModelCard model) {
        of().check(model);
    }

    @Override
    default Program<Attribution> program(Subject subject) {
        return new NoiseCloud(of(), samples(), sigma())
                .moments(subject)
                .map(moments -> Attribution.of(moments.score(), moments.evaluations(), values(moments)));
    }
}
