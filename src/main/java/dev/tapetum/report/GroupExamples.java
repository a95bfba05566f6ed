package dev.tapetum.report;

import java.util.List;

/**
 * A group of images worth looking at, with some of its images.
 *
 * @param attribute the attribute that forms the group
 * @param group the attribute's value
 * @param statement why it is shown, in one sentence
 * @param choice which of its images are shown, in one sentence
 * @param images some of its images, the most telling first
 */
public record GroupExamples(
        String attribute, String group, String statement, String choice, List<ImageExample> images) {
    public GroupExamples {
        images = List.copyOf(images);
    }
}
