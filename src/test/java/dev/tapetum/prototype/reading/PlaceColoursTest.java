package dev.tapetum.prototype.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.probe.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceColoursTest {
    @Test
    void colourInAndOutsideOfAPlace() {
        // Two rows of three; the place is the two right pixels of the second row.
        PlanarImage image = new PlanarImage(2, 2, 3, new float[] {0, 0.25f, 0.5f, 0.25f, 0.5f, 1, 1, 1, 1, 1, 0, 0});

        PlaceColours colours = PlaceColours.of(image, new Rectangle(1, 1, 1, 2));

        assertThat(colours).isEqualTo(new PlaceColours(List.of(0.75, 0.0), List.of(0.25, 1.0)));
    }

    @Test
    void theMeanOfPicturesIsThatOfTheirColours() {
        assertThat(PlaceColours.mean(List.of(
                        new PlaceColours(List.of(0.0, 0.5), List.of(1.0, 1.0)),
                        new PlaceColours(List.of(0.5, 0.5), List.of(0.0, 1.0)))))
                .isEqualTo(new PlaceColours(List.of(0.25, 0.5), List.of(0.5, 1.0)));
    }
}
