package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.UserError;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.image.RejectReason;
import dev.tapetum.spec.Nearest;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * A table that describes images, and what the plan's columns are in it: expressions, so that Spark reads no column that
 * is not asked for. Every value is text; empty text is no value.
 *
 * @param location where the plan says the table is, for errors
 * @param folder where its relative paths start, with scheme
 */
record SourceTable(Dataset<Row> rows, String location, String folder) {
    /** What the names of columns start with that we add to a table. */
    static final String OWN = "__tapetum_";

    private static final String TEXT = "string";

    /** The listed images, from the columns of {@link ListedImage} by position. */
    Dataset<ListedImage> listed(
            DatasetSettings dataset, Column imageId, Column uri, Column file, Column content, Column reject) {
        Column mask = none("struct<path:string,offset:bigint,length:bigint>");
        Column maskContent = none("binary");

        if (dataset.mask() != null && isBinary(dataset.mask())) {
            maskContent = column("dataset.mask", dataset.mask());
        } else if (dataset.mask() != null) {
            mask = file(text("dataset.mask", dataset.mask()));
        }

        return rows.select(
                        imageId.as("image_id"),
                        uri.as("uri"),
                        file.as("file"),
                        content.as("content"),
                        textOrNone("dataset.label", dataset.label()).as("label"),
                        attributes(dataset.attributes()).as("attributes"),
                        textOrNone("dataset.cluster", dataset.cluster()).as("cluster"),
                        mask.as("mask_file"),
                        maskContent.as("mask_content"),
                        reject.as("reject"))
                .as(RecordEncoder.of(ListedImage.class));
    }

    /**
     * A column of the table.
     *
     * @param key where the plan names it, for the error
     * @throws UserError when the table has no column of this name
     */
    Column column(String key, String name) {
        if (!has(name)) {
            List<String> names = Stream.of(rows.columns())
                    .filter(known -> !known.startsWith(OWN))
                    .toList();
            throw new UserError(key + " names column '" + name + "', which " + location + " does not have"
                    + Nearest.hint(name, "columns", names));
        }

        return rows.col("`" + name.replace("`", "``") + "`");
    }

    boolean has(String name) {
        return List.of(rows.columns()).contains(name);
    }

    boolean isBinary(String name) {
        return has(name) && rows.schema().apply(name).dataType().equals(DataTypes.BinaryType);
    }

    /** A column as text, null where it is empty. */
    Column text(String key, String name) {
        return nullif(column(key, name).cast(TEXT), lit(""));
    }

    /** The path of a file that the table names: as it is with a scheme or from the root, else from the table's folder. */
    Column path(Column named) {
        Column below =
                concat(lit(folder.endsWith("/") ? folder : folder + "/"), regexp_replace(named, "^(\\./+)+", ""));
        return when(named.rlike("^([A-Za-z][A-Za-z0-9+.-]*:)?/"), named).otherwise(below);
    }

    /** The whole file of a path, null without one. */
    Column file(Column named) {
        Column range = struct(
                path(named).as("path"),
                lit(0L).as("offset"),
                lit(FileRange.UNKNOWN).as("length"));
        return when(named.isNotNull(), range);
    }

    /** A reject where the condition holds, else the other reject or null. */
    static Column rejectWhen(Column condition, RejectReason reason, Column message, Column otherwise) {
        return when(condition, reject(reason, message)).otherwise(otherwise);
    }

    /** A reject of the listing, as {@link RejectPart} is encoded. */
    static Column reject(RejectReason reason, Column message) {
        RejectPart part = new RejectPart(RejectStage.LIST, reason.name(), "");
        return struct(
                lit(part.stage().name().toLowerCase(Locale.ROOT)).as("stage"),
                lit(part.reason()).as("reason"),
                coalesce(message, lit("")).as("message"));
    }

    static Column none(String type) {
        return lit(null).cast(type);
    }

    private Column textOrNone(String key, @Nullable String name) {
        return name == null ? none(TEXT) : text(key, name);
    }

    private Column attributes(List<String> names) {
        List<Column> entries = new ArrayList<>();

        for (int i = 0; i < names.size(); i++) {
            entries.add(lit(names.get(i)));
            entries.add(text("dataset.attributes[" + i + "]", names.get(i)));
        }

        Column all = map(entries.toArray(Column[]::new));
        return map_filter(all.cast("map<string,string>"), (name, value) -> value.isNotNull());
    }
}
