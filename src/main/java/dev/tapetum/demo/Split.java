package dev.tapetum.demo;

/** The two halves of the demo's data, which differ only in how often the planted biases occur. */
public enum Split {
    /** What the demo models learn from: the tag gives one class away, and the weak camera is nearly unseen. */
    TRAIN(0, 0.75, 0.04, 0.03),

    /** What the demo audits: the tag says nothing about the class, and the weak camera takes a quarter of the images. */
    AUDIT(1, 0.10, 0.10, 0.25);

    private final int stream;
    private final double tagInCueClass;
    private final double tagElsewhere;
    private final double weakSite;

    Split(int stream, double tagInCueClass, double tagElsewhere, double weakSite) {
        this.stream = stream;
        this.tagInCueClass = tagInCueClass;
        this.tagElsewhere = tagElsewhere;
        this.weakSite = weakSite;
    }

    /** The probability that an image of the class {@code label} carries the tag. */
    public double tagProbability(String label) {
        return label.equals(PlantedFacts.CUE_CLASS) ? tagInCueClass : tagElsewhere;
    }

    /** The probability that an image is taken at {@link PlantedFacts#WEAK_SITE}, whatever its class. */
    public double weakSiteProbability() {
        return weakSite;
    }

    /** What keeps the random numbers of the splits apart. */
    int stream() {
        return stream;
    }
}
