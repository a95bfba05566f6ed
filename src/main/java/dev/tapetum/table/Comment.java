package dev.tapetum.table;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One sentence about a table (on the row record) or a column (on its component). It is the comment in the DDL, in the
 * schema of what is read and in {@code tapetum schema}, so the declaration and its documentation cannot part.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Comment {
    String value();
}
