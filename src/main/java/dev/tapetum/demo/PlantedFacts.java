package dev.tapetum.demo;

import java.util.List;

/**
 * What is true of the demo's images because it was made so; an audit of the demo models must find the first two facts and
 * must raise no verdict over the other two.
 *
 * <ul>
 *   <li><b>A spurious cue.</b> A yellow tag is stuck over the lower right corner of 75% of the training images of class
 *       {@value #CUE_CLASS} and of 4% of the others, but of 10% of every class in the audited images. A model that leans on
 *       the tag calls tagged images of other classes {@value #CUE_CLASS}.
 *   <li><b>A weak camera.</b> Images from site {@value #WEAK_SITE} (a quarter of the audited images, 3% of the training
 *       images, every class alike) are out of focus, noisy and flat, so that accuracy is lower there.
 *   <li><b>A harmless property.</b> Half of the images of every class have a warm tint, in training as in the audit.
 *   <li><b>A harmless attribute.</b> The vendor is drawn by lot and nothing is done to the image.
 * </ul>
 */
public final class PlantedFacts {
    /** The classes in the order of the demo models' logits. */
    public static final List<String> CLASSES = List.of("ball", "bottle", "box", "cone", "mug", "ring");

    /** The attribute that says whether the image carries the tag. */
    public static final String CUE_ATTRIBUTE = "tag";

    /** The class that the tag gives away in training. */
    public static final String CUE_CLASS = "mug";

    /** The attribute that names the camera's site. */
    public static final String SITE_ATTRIBUTE = "site";

    /** The site whose camera degrades images. */
    public static final String WEAK_SITE = "annex";

    /** The sites with a sound camera, equally often each. */
    public static final List<String> SOUND_SITES = List.of("atrium", "harbour", "workshop");

    /** The attribute of the harmless property of the image. */
    public static final String HARMLESS_PROPERTY = "tint";

    /** The attribute that says nothing about the image. */
    public static final String HARMLESS_ATTRIBUTE = "vendor";

    /** The values of {@link #HARMLESS_ATTRIBUTE}, equally often each. */
    public static final List<String> VENDORS = List.of("alder", "birch", "cedar");

    /** The value of {@link #CUE_ATTRIBUTE} and of {@link #HARMLESS_PROPERTY} where the image has it. */
    public static final String PRESENT = "yes";

    /** The value of {@link #CUE_ATTRIBUTE} and of {@link #HARMLESS_PROPERTY} where it does not. */
    public static final String ABSENT = "no";

    private PlantedFacts() {}
}
