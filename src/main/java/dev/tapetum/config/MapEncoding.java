package dev.tapetum.config;

/** The type of a stored map's cells, little-endian. */
public enum MapEncoding {
    FLOAT16,
    FLOAT32
}
