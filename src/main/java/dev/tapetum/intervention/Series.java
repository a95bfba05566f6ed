package dev.tapetum.intervention;

import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Edited images that the user has, such as those of a generative model or of a photographer: the steps are those that a
 * manifest lists for the image, whatever their number and distances. Of several with one strength the first counts.
 *
 * @param manifest a CSV or Parquet table with the columns image (the id of the image that was edited), property, strength and
 *     path (of the edited image)
 * @param property which of the manifest's properties
 * @param root the folder from which its paths start; empty for the manifest's own
 */
public record Series(String manifest, String property, String root) implements Editor {

    public Series {
        Objects.requireNonNull(root, "root");
        if (manifest.isBlank() || property.isBlank()) {
            throw new IllegalArgumentException("manifest and property must not be blank");
        }
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        List<Edit> edits = new ArrayList<>();
        canvas.series().stream()
                .filter(shown -> shown.series().equals(this))
                .sorted(Comparator.comparingDouble(Canvas.Shown::strength))
                .forEach(shown -> {
                    if (edits.isEmpty()
                            || shown.strength() > edits.get(edits.size() - 1).strength()) {
                        edits.add(new Edit(shown.strength(), new Stimulus.Pixels(shown.pixels())));
                    }
                });
        return new EditSequence(edits, null, null);
    }
}
