package dev.tapetum.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes class by class into chunks of one class each, full ones but for the last of a class. So what is in a chunk depends on the
 * class alone, and not on what else a task has to do.
 */
final class ClassChunks<T> implements Iterator<List<T>> {
    private final Iterator<T> source;
    private final ToIntFunction<T> classOf;
    private final int most;
    private @Nullable T next;

    ClassChunks(Iterator<T> source, ToIntFunction<T> classOf, int most) {
        this.source = source;
        this.classOf = classOf;
        this.most = most;
    }

    @Override
    public boolean hasNext() {
        return next != null || source.hasNext();
    }

    @Override
    public List<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }

        T first = next == null ? source.next() : next;
        next = null;
        List<T> chunk = new ArrayList<>(List.of(first));
        while (next == null && chunk.size() < most && source.hasNext()) {
            T one = source.next();
            if (classOf.applyAsInt(one) == classOf.applyAsInt(first)) {
                chunk.add(one);
            } else {
                next = one;
            }
        }

        return chunk;
    }
}
