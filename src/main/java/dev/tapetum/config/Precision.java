package dev.tapetum.config;

/** The floating-point type in which the model computes on its device. */
public enum Precision {
    FLOAT32
}
