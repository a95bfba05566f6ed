package dev.tapetum.demo;

/**
 * One row of the manifest before it is rendered: what the image shows and what is planted in it.
 *
 * @param tag whether the image carries the tag, the spurious cue
 * @param tint whether the image has the warm tint, the harmless property
 */
record DemoImage(int index, String label, String site, String vendor, boolean tag, boolean tint) {
    static final String HEADER = String.join(
            ",",
            "path",
            "label",
            PlantedFacts.SITE_ATTRIBUTE,
            PlantedFacts.HARMLESS_ATTRIBUTE,
            PlantedFacts.CUE_ATTRIBUTE,
            PlantedFacts.HARMLESS_PROPERTY,
            "mask");

    private static final double TINTED = 0.5;

    /** Draws the attributes of an image; the classes take turns, so that they are equally frequent. */
    static DemoImage draw(int index, Split split, SeededRandom random) {
        String label = PlantedFacts.CLASSES.get(index % PlantedFacts.CLASSES.size());
        boolean tag = random.chance(split.tagProbability(label));
        String site = random.chance(split.weakSiteProbability())
                ? PlantedFacts.WEAK_SITE
                : random.oneOf(PlantedFacts.SOUND_SITES);
        return new DemoImage(index, label, site, random.oneOf(PlantedFacts.VENDORS), tag, random.chance(TINTED));
    }

    boolean atWeakSite() {
        return site.equals(PlantedFacts.WEAK_SITE);
    }

    String path() {
        return "images/%05d.jpg".formatted(index);
    }

    /** The path of the picture that is white where the tag is. */
    String maskPath() {
        return "masks/%05d.png".formatted(index);
    }

    String manifestLine() {
        return String.join(",", path(), label, site, vendor, yesOrNo(tag), yesOrNo(tint), tag ? maskPath() : "");
    }

    private static String yesOrNo(boolean present) {
        return present ? PlantedFacts.PRESENT : PlantedFacts.ABSENT;
    }
}
