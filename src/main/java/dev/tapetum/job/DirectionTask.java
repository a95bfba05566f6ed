package dev.tapetum.job;

import dev.tapetum.prototype.reading.DirectionSums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The part of the classes of one task in the direction of each property. */
record DirectionTask(ReadingSource source)
        implements PairFlatMapFunction<Iterator<ReadImage>, Integer, DirectionTask.Part> {

    /**
     * Of one property. Parts are added number by number, in whatever order. Equality is by identity of the array.
     *
     * @param differences {@link DirectionSums#differences}
     * @param classes {@link DirectionSums#classes}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Part(long[] differences, int classes) implements Serializable {

        Part plus(Part other) {
            long[] sum = differences.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other.differences[i];
            }

            return new Part(sum, classes + other.classes);
        }
    }

    /** @param images by class */
    @Override
    public Iterator<Tuple2<Integer, Part>> call(Iterator<ReadImage> images) {
        if (!images.hasNext()) {
            return List.<Tuple2<Integer, Part>>of().iterator();
        }

        SiteReader reader = source.newReader(false);
        DirectionSums sums =
                new DirectionSums(source.properties(), source.sites().size());
        ClassChunks<ReadingSource.Ready> chunks = source.chunks(images);
        int current = -1;
        while (chunks.hasNext()) {
            List<ReadingSource.Ready> chunk = chunks.next();
            if (chunk.get(0).classIndex() != current) {
                sums.endClass();
                current = chunk.get(0).classIndex();
            }

            List<SiteReader.@Nullable Seen> seen =
                    reader.of(chunk.stream().map(one -> one.image().pixels()).toList());
            for (int i = 0; i < chunk.size(); i++) {
                SiteReader.Seen one = seen.get(i);
                if (one != null) {
                    sums.add(source.properties().values(chunk.get(i).image().attributes()), one.values());
                }
            }
        }

        sums.endClass();
        List<Tuple2<Integer, Part>> parts = new ArrayList<>();
        for (int p = 0; p < source.properties().all().size(); p++) {
            parts.add(new Tuple2<>(p, new Part(sums.differences(p), sums.classes(p))));
        }

        return parts.iterator();
    }
}
