package dev.tapetum.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a statement returned, as text: Spark itself turns arrays, maps and times into words. */
record SqlResult(StructType schema, Dataset<Row> texts) {
    private static final int READABLE_DIGITS = 6;

    static SqlResult of(Dataset<Row> result) {
        StructType schema = result.schema();
        List<String> positions = new ArrayList<>();
        List<Column> texts = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            // Names of a result may be anything, also twice the same.
            positions.add("c" + i);
            texts.add(text(col("c" + i), schema.apply(i).dataType()).as("c" + i));
        }

        return new SqlResult(
                schema, result.toDF(positions.toArray(String[]::new)).select(texts.toArray(Column[]::new)));
    }

    /**
     * Prints at most so many rows for people: in columns, long values cut, fractions rounded.
     *
     * @return whether there were more
     */
    boolean print(PrintStream out, int rows) {
        if (schema.isEmpty()) {
            return false;
        }

        List<Row> taken = texts.takeAsList(rows + 1);
        StructField[] fields = schema.fields();
        TextTable table = new TextTable(
                List.of(schema.fieldNames()),
                Arrays.stream(fields)
                        .map(field -> field.dataType() instanceof NumericType)
                        .toList());
        taken.stream().limit(rows).map(row -> readable(fields, row)).forEach(table::add);
        table.print(out);
        return taken.size() > rows;
    }

    /** Prints every row as CSV (RFC 4180) with a header; a null is an empty field. */
    void printCsv(PrintStream out) {
        if (schema.isEmpty()) {
            return;
        }

        out.println(csv(List.of(schema.fieldNames())));
        Iterator<Row> rows = texts.toLocalIterator();
        while (rows.hasNext()) {
            out.println(csv(cells(rows.next())));
        }
    }

    static String csv(List<String> fields) {
        return String.join(",", fields.stream().map(SqlResult::csvField).toList());
    }

    private static String csvField(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            cells.add(row.isNullAt(i) ? "" : row.getString(i));
        }

        return cells;
    }

    private static List<String> readable(StructField[] fields, Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            boolean fraction = fields[i].dataType() instanceof FractionalType;
            cells.add(row.isNullAt(i) ? "null" : fraction ? rounded(row.getString(i)) : row.getString(i));
        }

        return cells;
    }

    /** Six significant digits of a number; what is not a number stays as it is. */
    static String rounded(String number) {
        try {
            return new BigDecimal(number)
                    .round(new MathContext(READABLE_DIGITS))
                    .stripTrailingZeros()
                    .toString()
                    .replace("E+", "E");
        } catch (NumberFormatException e) {
            return number;
        }
    }

    private static Column text(Column column, DataType type) {
        return type.equals(DataTypes.BinaryType)
                ? concat(octet_length(column).cast(DataTypes.StringType), lit(" bytes"))
                : column.cast(DataTypes.StringType);
    }
}
