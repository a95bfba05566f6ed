package dev.tapetum.spec;

import dev.tapetum.UserError;

/**
 * The place of one value in a record.
 *
 * @param what the value in an error's words, e.g. {@code 'seed' in run}
 * @param path what errors call the value when it is an object, e.g. {@code attribution.map}
 * @param place where it was written
 */
record Slot(String what, String path, Place place) {
    UserError error(String predicate) {
        return place.error(what + " " + predicate);
    }
}
