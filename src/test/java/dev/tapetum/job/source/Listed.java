package dev.tapetum.job.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What a plan lists, in order of id, for tests that look at every row. */
record Listed(List<ListedImage> images) {
    static Listed of(SparkSession spark, Plans plan) {
        return of(Listing.of(spark, HadoopSettings.of(spark), plan.dataset())
                .images()
                .collectAsList());
    }

    static Listed of(List<ListedImage> images) {
        return new Listed(images.stream()
                .sorted((one, other) -> one.imageId().compareTo(other.imageId()))
                .toList());
    }

    List<String> ids() {
        return images.stream().map(ListedImage::imageId).toList();
    }

    ListedImage image(String id) {
        return images.stream()
                .filter(image -> image.imageId().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No image " + id + " among " + ids()));
    }

    /** A value of every image by id; images without one are left out. */
    Map<String, String> by(Function<ListedImage, String> value) {
        return images.stream()
                .filter(image -> value.apply(image) != null)
                .collect(Collectors.toMap(ListedImage::imageId, value, (one, other) -> one, TreeMap::new));
    }

    /** Writes a file of this text, with the folders above it. */
    static Path file(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
