package dev.tapetum.model;

import dev.tapetum.image.PlanarImage;
import java.util.List;

/** An image-to-image model that changes pictures as a sentence says. */
public interface Painter {

    /**
     * One picture per commission, of the shape of the commission's image, with values from 0 to 1. A picture is a function of
     * its commission alone, and not of those beside it.
     */
    List<PlanarImage> paint(List<Commission> commissions);

    /**
     * What is to be painted.
     *
     * @param image the picture that is changed
     * @param instruction what is to be done to it
     * @param textGuidance how strongly the instruction is followed; 1 is as the model learnt it
     * @param imageGuidance how strongly the picture is kept
     * @param steps sampling steps
     * @param seed of the noise that the sampling starts from
     */
    record Commission(
            PlanarImage image, String instruction, double textGuidance, double imageGuidance, int steps, long seed) {}
}
