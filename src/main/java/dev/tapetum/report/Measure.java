package dev.tapetum.report;

import java.util.Map;

/**
 * What a number about explanations is called and means to people. One that this version does not know is shown by its name.
 *
 * @param title its name in words
 * @param meaning half a sentence; empty for one that is not known
 * @param aspect what it is about
 * @param better which way it is better, in words; empty where neither is
 */
record Measure(String title, String meaning, Aspect aspect, String better) {
    /** What may be known of a map, in the order of the report. */
    enum Aspect {
        DEPENDENCE("Depends on model and class"),
        FAITHFULNESS("Shows what the model uses"),
        PLAINNESS("Is plain"),
        RANDOM_CHANGE("Stable under random change"),
        ATTACK("Stable under attack"),
        LOCALISATION("Lies in the mask"),
        AGREEMENT("Agrees with the others"),
        OTHER("Other");

        private final String title;

        Aspect(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        boolean isStability() {
            return this == RANDOM_CHANGE || this == ATTACK;
        }
    }

    private static final String HIGHER = "higher is better";
    private static final String LOWER = "lower is better";

    private static final Map<String, Measure> KNOWN = Map.ofEntries(
            known(
                    "model-parameter-randomisation",
                    Aspect.DEPENDENCE,
                    LOWER,
                    "Likeness to a randomised model's map",
                    "mean rank correlation with the maps of copies of the model that are randomised layer by layer"),
            known(
                    "random-logit",
                    Aspect.DEPENDENCE,
                    LOWER,
                    "Likeness to another class's map",
                    "rank correlation with the map of another class"),
            known(
                    "completeness",
                    Aspect.DEPENDENCE,
                    LOWER,
                    "Error of completeness",
                    "how far the map's sum is from what it should explain, relative to that"),
            known(
                    "input-invariance",
                    Aspect.DEPENDENCE,
                    LOWER,
                    "Change under a shift",
                    "relative change of the map when every pixel and the model's first bias are shifted alike"),
            known(
                    "deletion",
                    Aspect.FAITHFULNESS,
                    LOWER,
                    "Deletion",
                    "mean probability while the most important pixels go"),
            known(
                    "insertion",
                    Aspect.FAITHFULNESS,
                    HIGHER,
                    "Insertion",
                    "mean probability while the most important pixels come"),
            known(
                    "road",
                    Aspect.FAITHFULNESS,
                    LOWER,
                    "ROAD, important pixels first",
                    "mean probability while pixels are removed so that their places cannot be told"),
            known(
                    "pixel-flipping",
                    Aspect.FAITHFULNESS,
                    HIGHER,
                    "Pixel flipping",
                    "mean loss of the logit while the most important pixels go"),
            known(
                    "faithfulness-correlation",
                    Aspect.FAITHFULNESS,
                    HIGHER,
                    "Faithfulness correlation",
                    "correlation of what is attributed to random pixels with what the logit loses without them"),
            known(
                    "sensitivity-n",
                    Aspect.FAITHFULNESS,
                    HIGHER,
                    "Sensitivity-n",
                    "the same for sets of pixels of several sizes"),
            known("infidelity", Aspect.FAITHFULNESS, LOWER, "Infidelity", "mean squared difference of the two"),
            known(
                    "gini",
                    Aspect.PLAINNESS,
                    "higher is plainer",
                    "Gini index",
                    "0 is spread evenly, 1 is all in one place"),
            known(
                    "effective-complexity",
                    Aspect.PLAINNESS,
                    "lower is plainer",
                    "Effective complexity",
                    "share of pixels that count at all"),
            known(
                    "max-sensitivity",
                    Aspect.RANDOM_CHANGE,
                    LOWER,
                    "Max-sensitivity",
                    "largest relative change of the map"),
            known(
                    "local-lipschitz",
                    Aspect.RANDOM_CHANGE,
                    LOWER,
                    "Local Lipschitz",
                    "largest change of the map per change of the image"),
            known(
                    "relative-input-stability",
                    Aspect.RANDOM_CHANGE,
                    LOWER,
                    "Relative input stability",
                    "largest relative change of the map per relative change of the image"),
            known(
                    "relative-output-stability",
                    Aspect.RANDOM_CHANGE,
                    LOWER,
                    "Relative output stability",
                    "largest relative change of the map per change of the logits"),
            known("top-k", Aspect.RANDOM_CHANGE, HIGHER, "Top-k", "share of the most important pixels that stay so"),
            known(
                    "local-top-k",
                    Aspect.RANDOM_CHANGE,
                    HIGHER,
                    "Local top-k",
                    "the same when a pixel may move within a window"),
            known(
                    "diverse-top-k",
                    Aspect.RANDOM_CHANGE,
                    HIGHER,
                    "Diverse top-k",
                    "the same over pixels that are spread out"),
            known(
                    "rank-stability",
                    Aspect.RANDOM_CHANGE,
                    HIGHER,
                    "Rank stability",
                    "rank correlation of the maps before and after"),
            known(
                    "mask-share",
                    Aspect.LOCALISATION,
                    HIGHER,
                    "Mask share",
                    "share of the absolute attribution within the mask"),
            known(
                    "pointing-game",
                    Aspect.LOCALISATION,
                    HIGHER,
                    "Pointing game",
                    "share of images whose most important pixel lies in the mask"),
            known(
                    "relevance-mass",
                    Aspect.LOCALISATION,
                    HIGHER,
                    "Relevance mass",
                    "share of the positive attribution within the mask"),
            known(
                    "relevance-rank",
                    Aspect.LOCALISATION,
                    HIGHER,
                    "Relevance rank",
                    "share of the mask that as many of the most important pixels fill"),
            known(
                    "top-k-in-mask",
                    Aspect.LOCALISATION,
                    HIGHER,
                    "Top-k in the mask",
                    "share of the most important pixels that lie in the mask"),
            known(
                    "mask-auc",
                    Aspect.LOCALISATION,
                    HIGHER,
                    "Mask AUC",
                    "how well the map tells inside from outside: 0.5 is chance"),
            known("agreement", Aspect.AGREEMENT, "", "Agreement", "mean rank correlation with the other methods"),
            known(
                    "top-k-agreement",
                    Aspect.AGREEMENT,
                    "",
                    "Top-k agreement",
                    "mean share of the most important pixels that the other methods also find"));

    private static Map.Entry<String, Measure> known(
            String name, Aspect aspect, String better, String title, String meaning) {
        return Map.entry(name, new Measure(title, meaning, aspect, better));
    }

    /** The measure of a name; unknown ones are told by it. */
    static Measure of(String name) {
        return KNOWN.getOrDefault(name, new Measure(name, "", Aspect.OTHER, ""));
    }

    /** The measure of a metric of the plan, some of whose parameters decide what it is about and which way it is better. */
    static Measure of(Explanations.Measured metric) {
        Measure plain = of(metric.name());
        if (metric.attack() && plain.aspect == Aspect.RANDOM_CHANGE) {
            return new Measure(plain.title + " under attack", plain.meaning, Aspect.ATTACK, plain.better);
        }

        return metric.name().equals("road") && metric.text().contains("order=lerf")
                ? new Measure("ROAD, unimportant pixels first", plain.meaning, plain.aspect, HIGHER)
                : plain;
    }
}
