package dev.tapetum.job;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** What comes of chunks, one chunk at a time. */
final class ByChunk<A, B> implements Iterator<B> {

    private final Iterator<A> chunks;
    private final Function<A, List<B>> work;
    private Iterator<B> ready = List.<B>of().iterator();

    ByChunk(Iterator<A> chunks, Function<A, List<B>> work) {
        this.chunks = chunks;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext() && chunks.hasNext()) {
            ready = work.apply(chunks.next()).iterator();
        }

        return ready.hasNext();
    }

    @Override
    public B next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }

        return ready.next();
    }
}
