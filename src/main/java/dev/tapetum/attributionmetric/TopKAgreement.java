package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;

/**
 * How many of the image's most important pixels each other method of the run also finds most important: {@code |S ∩ S'| /
 * k} with each of them and the mean, from 0 to 1. Two maps that know nothing of each other share {@code k} of the image's
 * pixels by chance.
 *
 * <p>Krishna et al. 2022 ("The disagreement problem in explainable machine learning", arXiv 2202.01602, section 3.2: feature
 * agreement), on absolute values.
 *
 * @param k number of pixels, as a share of the image's
 */
public record TopKAgreement(double k) implements MethodPairs<TopPixels> {

    public TopKAgreement {
        TopPixels.check(k);
    }

    @Override
    public TopPixels view(float[] sizes, InputSpec input) {
        return TopK.largest(sizes, input, k);
    }

    @Override
    public double between(TopPixels own, TopPixels other) {
        return Overlap.PRECISION.of(own, other, 0);
    }

    /** Both sets have k pixels. */
    @Override
    public boolean isSymmetric() {
        return true;
    }
}
