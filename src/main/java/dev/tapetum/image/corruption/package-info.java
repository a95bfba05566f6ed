/**
 * The fifteen corruptions of ImageNet-C (Hendrycks and Dietterich 2019, arXiv 1903.12261, section 4.1 and appendix B), as
 * changes of pixels with the parameters of the code that made the published images; only what bytes and pixels are needed for
 * may enter.
 *
 * <p>What all of them share:
 *
 * <ul>
 *   <li>They work on grey images and on RGB images; what that means is said in {@link ImageCorruption}.
 *   <li>The published code rounds every result to 8 bits, and some of them in the middle; here values stay what they are and
 *       are only cut off to [0, 1]. JPEG compression goes through 8 bits because its method does.
 *   <li>The published images are 224 pixels wide and high. Lengths follow the size of an image by the rule of {@link
 *       PixelScale}, which leaves them alone at 224; ratios, counts and probabilities do not.
 *   <li>Random numbers come from a seed that is part of the record, so that equal edits make equal pixels.
 * </ul>
 */
@NullMarked
package dev.tapetum.image.corruption;

import org.jspecify.annotations.NullMarked;
