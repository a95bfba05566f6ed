package dev.tapetum.prototype.reading;

import java.io.Serializable;

/** A value of an attribute, which an image has or has not. */
public record Property(String attribute, String value) implements Serializable {}
