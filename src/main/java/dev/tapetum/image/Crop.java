package dev.tapetum.image;

/** What is cut out of an image after it was resized. */
public enum Crop {
    /**
     * The middle, as torchvision's {@code CenterCrop} takes it: half of an odd surplus is rounded to the even number, and
     * an image that is too small gets a black border, the larger half of it at the right and at the bottom.
     */
    CENTER,
    /** Nothing: the resized image must have the size of the model's input already. */
    NONE
}
