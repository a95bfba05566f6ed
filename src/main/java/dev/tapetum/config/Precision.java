package dev.tapetum.config;

/** The floating-point type in which the model computes on its device; results are always kept as float32 or better. */
public enum Precision {
    FLOAT32,
    FLOAT16,
    BFLOAT16
}
