/**
 * Every table, declared once: row record, encoder, DDL, read, write and how it follows from evidence; what enters here
 * may know Spark SQL's types and nothing else of this project.
 */
@NullMarked
package dev.tapetum.table;

import org.jspecify.annotations.NullMarked;
