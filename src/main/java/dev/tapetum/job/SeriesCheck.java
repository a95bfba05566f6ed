package dev.tapetum.job;

import dev.tapetum.config.PlanFile;
import dev.tapetum.intervention.Series;
import dev.tapetum.job.source.SeriesListing;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;

/**
 * Looks, before the device work, whether the edited images that the user has are those of the run's images: ids that are spelt
 * otherwise would be found in the morning, as a property without a single number.
 */
record SeriesCheck(PlanFile file, Consumer<String> remarks) {

    /**
     * Refuses a series of which no row can be used, and remarks on rows that cannot. Of a sample of the dataset nobody can
     * expect that it has the images of every row.
     *
     * @param images with a column {@code image_id}
     */
    void check(SeriesListing listing, Dataset<?> images) {
        boolean all = file.plan().dataset().sample() == null;
        for (SeriesListing.Match match : listing.matches(images)) {
            if (match.matched() == 0) {
                String sentence = nothing(match, images);
                if (all || match.usable() == 0) {
                    throw file.error(path(match.series()), sentence);
                }

                remarks.accept(sentence);
            } else if (all && match.matched() < match.rows()) {
                remarks.accept(match.rows() - match.matched() + " of " + match.rows() + " rows" + about(match.series())
                        + " are not used: they name no image of the run, no file, or no strength that is a number");
            }
        }
    }

    private static String nothing(SeriesListing.Match match, Dataset<?> images) {
        Series series = match.series();
        if (match.rows() == 0) {
            return series.manifest() + " has no row whose property is '" + series.property()
                    + "'; name one that is in its column property";
        }

        if (match.usable() == 0) {
            return "none of the " + match.rows() + " rows" + about(series)
                    + " has an image, a path, and a strength that is a number";
        }

        List<String> ids = images.select("image_id").as(Encoders.STRING()).takeAsList(1);
        return "none of the " + match.rows() + " rows" + about(series) + " names one of the run's " + images.count()
                + " images: they name " + match.example() + " and the like, and the images are called "
                + String.join("", ids) + " and the like; the column image must have the images' ids";
    }

    private static String about(Series series) {
        return " about " + series.property() + " in " + series.manifest();
    }

    private String path(Series series) {
        return "interventions[" + file.plan().interventions().indexOf(series) + "]";
    }
}
