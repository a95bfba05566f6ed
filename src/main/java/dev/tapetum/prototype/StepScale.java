package dev.tapetum.prototype;

/** What Adam's steps are measured by. */
public enum StepScale {
    /**
     * Every value by its own gradients, as Adam does. Under a gradient that does not change, as a linear model's, all values move
     * at one speed, so that what grows is the sign of the gradient and not the gradient.
     */
    PIXEL,
    /** All values by the root mean square of the whole gradient, so that a step goes along it. */
    IMAGE
}
