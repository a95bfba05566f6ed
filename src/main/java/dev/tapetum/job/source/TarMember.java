package dev.tapetum.job.source;

import org.jspecify.annotations.Nullable;

/**
 * A file in a tar.
 *
 * @param name its path in the tar
 * @param offset where its content starts in the tar
 * @param length the bytes of its content
 * @param problem why the content is not simply there, in words; null when it is
 */
record TarMember(
        String name, long offset, long length, @Nullable String problem) {}
