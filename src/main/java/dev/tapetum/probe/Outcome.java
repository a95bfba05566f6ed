package dev.tapetum.probe;

/** What a program found about its image, and at what cost. */
public record Outcome<R>(R result, Cost cost) {}
