package dev.tapetum.job.source;

import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Sample;
import dev.tapetum.image.DecodeLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dataset blocks as the binder makes them, one key changed at a time. */
record Plans(DatasetSettings dataset) {
    static Plans images(Object place) {
        return of(place.toString(), null, null, null, null);
    }

    static Plans manifest(Object place) {
        return of(null, place.toString(), null, null, null);
    }

    static Plans manifest(Object place, Object root) {
        return of(null, place.toString(), null, null, root.toString());
    }

    static Plans parquet(Object place) {
        return of(null, null, place.toString(), null, null);
    }

    static Plans webdataset(Object place) {
        return of(null, null, null, place.toString(), null);
    }

    Plans label(String label) {
        return with(dataset.imageId(), label, dataset.attributes(), dataset.cluster(), dataset.mask(), null);
    }

    Plans imageId(String imageId) {
        return with(imageId, dataset.label(), dataset.attributes(), dataset.cluster(), dataset.mask(), null);
    }

    Plans attributes(String... attributes) {
        return with(dataset.imageId(), dataset.label(), List.of(attributes), dataset.cluster(), dataset.mask(), null);
    }

    Plans cluster(String cluster) {
        return with(dataset.imageId(), dataset.label(), dataset.attributes(), cluster, dataset.mask(), null);
    }

    Plans mask(String mask) {
        return with(dataset.imageId(), dataset.label(), dataset.attributes(), dataset.cluster(), mask, null);
    }

    Plans sample(String sample) {
        return with(
                dataset.imageId(),
                dataset.label(),
                dataset.attributes(),
                dataset.cluster(),
                dataset.mask(),
                Sample.parse(sample));
    }

    private Plans with(
            String imageId,
            @Nullable String label,
            List<String> attributes,
            @Nullable String cluster,
            @Nullable String mask,
            @Nullable Sample sample) {
        return new Plans(new DatasetSettings(
                dataset.images(),
                dataset.manifest(),
                dataset.parquet(),
                dataset.webdataset(),
                dataset.root(),
                dataset.path(),
                dataset.content(),
                imageId,
                label,
                attributes,
                cluster,
                mask,
                sample,
                dataset.limits()));
    }

    private static Plans of(
            @Nullable String images,
            @Nullable String manifest,
            @Nullable String parquet,
            @Nullable String webdataset,
            @Nullable String root) {
        return new Plans(new DatasetSettings(
                images,
                manifest,
                parquet,
                webdataset,
                root,
                "path",
                "content",
                "path",
                null,
                List.of(),
                null,
                null,
                null,
                DecodeLimits.DEFAULT));
    }
}
