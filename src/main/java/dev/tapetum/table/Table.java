package dev.tapetum.table;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of the audit, declared once: its row record says the columns, their types and their comments; everything else
 * follows. The rows of a run lie as Parquet under {@code OUT/tables/NAME/run_id=…/}, on whatever file system Hadoop knows.
 */
public final class Table<R extends Record> {
    public static final Table<RunRow> RUNS = new Table<>("runs", RunRow.class);
    public static final Table<ImageRow> IMAGES = new Table<>("images", ImageRow.class);
    public static final Table<RejectRow> REJECTS = new Table<>("rejects", RejectRow.class);
    public static final Table<PredictionRow> PREDICTIONS = new Table<>("predictions", PredictionRow.class);
    public static final Table<AttributionRow> ATTRIBUTIONS = new Table<>("attributions", AttributionRow.class);
    public static final Table<AttributionMetricRow> ATTRIBUTION_METRICS =
            new Table<>("attribution_metrics", AttributionMetricRow.class);
    public static final Table<InterventionRow> INTERVENTIONS = new Table<>("interventions", InterventionRow.class);
    public static final Table<PropertyGradientRow> PROPERTY_GRADIENTS =
            new Table<>("property_gradients", PropertyGradientRow.class);
    public static final Table<FeatureActivationRow> FEATURE_ACTIVATIONS =
            new Table<>("feature_activations", FeatureActivationRow.class);
    public static final Table<FeatureRow> FEATURES = new Table<>("features", FeatureRow.class);
    public static final Table<FeatureEffectRow> FEATURE_EFFECTS =
            new Table<>("feature_effects", FeatureEffectRow.class);
    public static final Table<FeatureAssociationRow> FEATURE_ASSOCIATIONS =
            new Table<>("feature_associations", FeatureAssociationRow.class);
    public static final Table<FeatureExemplarRow> FEATURE_EXEMPLARS =
            new Table<>("feature_exemplars", FeatureExemplarRow.class);
    public static final Table<FeatureAblationRow> FEATURE_ABLATIONS =
            new Table<>("feature_ablations", FeatureAblationRow.class);
    public static final Table<PropertyEffectRow> PROPERTY_EFFECTS =
            new Table<>("property_effects", PropertyEffectRow.class);
    public static final Table<DoseResponseRow> DOSE_RESPONSES = new Table<>("dose_responses", DoseResponseRow.class);
    public static final Table<EditedImageRow> EDITED_IMAGES = new Table<>("edited_images", EditedImageRow.class);
    public static final Table<GroupMetricRow> GROUP_METRICS = new Table<>("group_metrics", GroupMetricRow.class);
    public static final Table<GapRow> GAPS = new Table<>("gaps", GapRow.class);
    public static final Table<SliceRow> SLICES = new Table<>("slices", SliceRow.class);
    public static final Table<PrototypeRow> PROTOTYPES = new Table<>("prototypes", PrototypeRow.class);
    public static final Table<PrototypeReadingRow> PROTOTYPE_READINGS =
            new Table<>("prototype_readings", PrototypeReadingRow.class);
    public static final Table<AcceptedRow> ACCEPTED = new Table<>("accepted", AcceptedRow.class);
    public static final Table<ChangeRow> CHANGES = new Table<>("changes", ChangeRow.class);
    public static final Table<FlipRow> FLIPS = new Table<>("flips", FlipRow.class);
    public static final Table<FindingRow> FINDINGS = new Table<>("findings", FindingRow.class);

    private static final List<Table<?>> ALL = List.of(
            RUNS,
            IMAGES,
            REJECTS,
            PREDICTIONS,
            ATTRIBUTIONS,
            ATTRIBUTION_METRICS,
            INTERVENTIONS,
            PROPERTY_GRADIENTS,
            EDITED_IMAGES,
            GROUP_METRICS,
            GAPS,
            SLICES,
            PROPERTY_EFFECTS,
            DOSE_RESPONSES,
            FEATURES,
            FEATURE_ACTIVATIONS,
            FEATURE_ASSOCIATIONS,
            FEATURE_EXEMPLARS,
            FEATURE_EFFECTS,
            FEATURE_ABLATIONS,
            PROTOTYPES,
            PROTOTYPE_READINGS,
            FINDINGS,
            ACCEPTED,
            CHANGES,
            FLIPS);

    /** The column that every table has, which names the directory of a run. */
    static final String RUN_ID = "run_id";

    private final String name;
    private final Class<R> rowType;
    private final String comment;
    private final Encoder<R> encoder;

    private Table(String name, Class<R> rowType) {
        this.name = name;
        this.rowType = rowType;
        this.comment = rowType.getAnnotation(Comment.class).value();
        this.encoder = RecordEncoder.of(rowType);
    }

    /** Every table, in the order in which a reader meets them. */
    public static List<Table<?>> all() {
        return ALL;
    }

    /** The DDL of every table, as one script. */
    public static String script() {
        return ALL.stream().map(table -> table.ddl() + ";\n").collect(Collectors.joining("\n"));
    }

    public String name() {
        return name;
    }

    public Class<R> rowType() {
        return rowType;
    }

    /** One sentence that says what a row is. */
    public String comment() {
        return comment;
    }

    public Encoder<R> encoder() {
        return encoder;
    }

    /** The columns, {@code run_id} first, each with its comment. */
    public StructType schema() {
        return encoder.schema();
    }

    /** The statement that creates the table in Spark SQL. */
    public String ddl() {
        String columns = Arrays.stream(schema().fields())
                .map(column -> "  " + column.toDDL())
                .collect(Collectors.joining(",\n"));
        return "CREATE TABLE " + name + " (\n" + columns + ")\nUSING PARQUET\nPARTITIONED BY (" + RUN_ID
                + ")\nCOMMENT '" + comment.replace("'", "\\'") + "'";
    }

    /**
     * The rows of all runs under an output directory: the declared columns in the declared order, and none while no run
     * has written any.
     */
    public Dataset<R> read(SparkSession spark, String out) {
        Path directory = directory(out);
        Dataset<Row> rows = RunPartition.exists(spark, directory)
                ? spark.read().schema(schema()).parquet(directory.toString())
                : spark.createDataFrame(List.of(), schema());
        // The partition column is read as the last one, and without its comment.
        Column[] columns = Arrays.stream(schema().fields())
                .map(column -> col(column.name()).as(column.name(), column.metadata()))
                .toArray(Column[]::new);
        return rows.select(columns).as(encoder);
    }

    /**
     * Makes the rows the run's part of the table, in place of what an earlier attempt of the same run left. Other runs
     * are not touched; readers see the old part or the new one as far as the file system can promise it
     * ({@link RunPartition}).
     *
     * @param rows the declared columns, in any order; others are dropped, and so is {@code run_id}, which is the
     *     directory
     */
    public void write(Dataset<?> rows, String out, String runId) {
        StructField[] stored = Arrays.stream(schema().fields())
                .filter(column -> !column.name().equals(RUN_ID))
                .toArray(StructField[]::new);
        // Whatever went through a file is nullable; that rows hold no forbidden nulls was their constructor's task.
        StructType declared = new StructType(stored).asNullable();
        // Selected first, because a column that is missing would be taken for one of nulls.
        Column[] columns =
                Arrays.stream(stored).map(column -> col(column.name())).toArray(Column[]::new);
        Dataset<Row> reconciled = rows.select(columns).to(declared);

        RunPartition.of(rows.sparkSession(), directory(out), runId)
                .replace(staging -> reconciled.write().mode(SaveMode.Overwrite).parquet(staging));
    }

    /** Writes rows that the driver holds; see {@link #write(Dataset, String, String)}. */
    public void write(SparkSession spark, List<R> rows, String out, String runId) {
        write(spark.createDataset(rows, encoder).coalesce(1), out, runId);
    }

    private Path directory(String out) {
        return new Path(out, "tables/" + name);
    }

    @Override
    public String toString() {
        return name;
    }
}
