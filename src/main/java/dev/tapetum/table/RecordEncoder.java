package dev.tapetum.table;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.catalyst.DeserializerBuildHelper;
import org.apache.spark.sql.catalyst.SerializerBuildHelper;
import org.apache.spark.sql.catalyst.analysis.GetColumnByOrdinal;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.ArrayEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.EncoderField;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.IterableEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.JavaBeanEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.MapEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.ProductEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticExpressionPathEncoder;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.AssertNotNull;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Spark's encoder of a record: one column per component, named in snake case ({@code imageId} is {@code image_id}).
 *
 * <p>Spark has no encoder for records ({@code Encoders.bean} gives an empty schema without a word). Its
 * {@link ProductEncoder} builds an object by its constructor but reads fields through methods named like the columns,
 * its {@link JavaBeanEncoder} reads through named accessors but builds by setters; this encoder takes from each the half
 * that fits a record.
 *
 * <ul>
 *   <li>Components: primitives and their boxes, {@code String}, {@link java.time.Instant} (timestamp), enums (text, in
 *       lower case), arrays of primitives ({@code byte[]} is binary), {@code List}, {@code Map} and nested records.
 *   <li>A component is nullable where it is annotated {@link Nullable}; elements and map values never are. A null in
 *       another component should be refused by the record's constructor: Spark would fail later and obscurely.
 *   <li>Records and their enums must be public: Spark's generated code calls them.
 * </ul>
 *
 * <p>The interface is deprecated in favour of a codec to rows, which would box every value and take columns by position;
 * ours are taken by name, as a table that has gained a column demands.
 */
@SuppressWarnings("deprecation")
public final class RecordEncoder<R extends Record> implements AgnosticExpressionPathEncoder<R> {
    private static final long serialVersionUID = 1L;

    private final ClassTag<R> classTag;
    private final Seq<EncoderField> fields;
    private final StructType schema;
    private final boolean required;

    /** @param required whether the record is a field that is never null; a row by itself is for Spark to check */
    private RecordEncoder(Class<R> type, boolean required) {
        this.required = required;
        this.classTag = ClassTag$.MODULE$.apply(type);

        List<EncoderField> found = new ArrayList<>();
        List<StructField> columns = new ArrayList<>();

        for (RecordComponent component : type.getRecordComponents()) {
            EncoderField field = field(component);
            found.add(field);
            columns.add(field.structField());
        }

        this.fields = CollectionConverters.asScala(found).toSeq();
        this.schema = new StructType(columns.toArray(StructField[]::new));
    }

    /**
     * The encoder of a record type.
     *
     * @throws IllegalArgumentException when a component has a type that has no column type
     */
    public static <R extends Record> Encoder<R> of(Class<R> type) {
        return new RecordEncoder<>(type, false);
    }

    @Override
    public Expression toCatalyst(Expression input) {
        Expression ofFirst = SerializerBuildHelper.createSerializer(new JavaBeanEncoder<>(classTag, fields));
        Expression struct = Replacing.every(BoundReference.class, input, ofFirst);
        return required ? notNull(struct, classTag) : struct;
    }

    @Override
    public Expression fromCatalyst(Expression path) {
        Expression ofFirst =
                DeserializerBuildHelper.createDeserializer(new ProductEncoder<>(classTag, fields, Option.empty()));
        return Replacing.every(GetColumnByOrdinal.class, path, ofFirst);
    }

    @Override
    public ClassTag<R> clsTag() {
        return classTag;
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public DataType dataType() {
        return schema;
    }

    @Override
    public boolean isPrimitive() {
        return false;
    }

    @Override
    public boolean isStruct() {
        return true;
    }

    /** Two encoders of one record type are the same: Spark compares plans that hold them. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordEncoder<?> that && classTag.equals(that.classTag);
    }

    @Override
    public int hashCode() {
        return classTag.hashCode();
    }

    /** The column name of a component: {@code ciLow} is {@code ci_low}, {@code planSha256} is {@code plan_sha256}. */
    static String columnName(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** The expression, known never to be null, which Spark then need not check again and states in the schema. */
    static Expression notNull(Expression value, ClassTag<?> type) {
        List<String> path = List.of("- field (class: \"" + type.runtimeClass().getName() + "\")");
        return new AssertNotNull(value, CollectionConverters.asScala(path).toSeq());
    }

    private static EncoderField field(RecordComponent component) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Comment comment = component.getAnnotation(Comment.class);
        Metadata metadata = comment == null
                ? Metadata.empty()
                : new MetadataBuilder().putString("comment", comment.value()).build();

        return new EncoderField(
                columnName(component.getName()),
                encoderOf(component.getGenericType(), component, !nullable),
                nullable,
                metadata,
                Option.apply(component.getName()),
                Option.empty());
    }

    private static AgnosticEncoder<?> encoderOf(Type type, RecordComponent component, boolean required) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();

            if (generic.getRawType() == List.class) {
                return listOf(encoderOf(arguments[0], component, true));
            }

            if (generic.getRawType() == Map.class) {
                return mapOf(encoderOf(arguments[0], component, true), encoderOf(arguments[1], component, true));
            }
        } else if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return new RecordEncoder<>(plain.asSubclass(Record.class), required);
            }

            if (plain.isEnum()) {
                return new EnumEncoder<>(plain, required);
            }

            AgnosticEncoder<?> leaf = LEAVES.get(plain);

            if (leaf != null) {
                return leaf;
            }

            if (plain.isArray() && plain.getComponentType().isPrimitive()) {
                return new ArrayEncoder<>(encoderOf(plain.getComponentType(), component, true), false);
            }
        }

        throw new IllegalArgumentException("No column type for component " + component + " of "
                + component.getDeclaringRecord().getName());
    }

    private static <E> AgnosticEncoder<?> listOf(AgnosticEncoder<E> element) {
        return new IterableEncoder<>(ClassTag$.MODULE$.<List<E>>apply(List.class), element, false, false);
    }

    private static <K, V> AgnosticEncoder<?> mapOf(AgnosticEncoder<K> key, AgnosticEncoder<V> value) {
        return new MapEncoder<>(ClassTag$.MODULE$.<Map<K, V>>apply(Map.class), key, value, false);
    }

    private static final Map<Class<?>, AgnosticEncoder<?>> LEAVES = Map.ofEntries(
            Map.entry(boolean.class, AgnosticEncoders.PrimitiveBooleanEncoder$.MODULE$),
            Map.entry(byte.class, AgnosticEncoders.PrimitiveByteEncoder$.MODULE$),
            Map.entry(short.class, AgnosticEncoders.PrimitiveShortEncoder$.MODULE$),
            Map.entry(int.class, AgnosticEncoders.PrimitiveIntEncoder$.MODULE$),
            Map.entry(long.class, AgnosticEncoders.PrimitiveLongEncoder$.MODULE$),
            Map.entry(float.class, AgnosticEncoders.PrimitiveFloatEncoder$.MODULE$),
            Map.entry(double.class, AgnosticEncoders.PrimitiveDoubleEncoder$.MODULE$),
            Map.entry(Boolean.class, AgnosticEncoders.BoxedBooleanEncoder$.MODULE$),
            Map.entry(Byte.class, AgnosticEncoders.BoxedByteEncoder$.MODULE$),
            Map.entry(Short.class, AgnosticEncoders.BoxedShortEncoder$.MODULE$),
            Map.entry(Integer.class, AgnosticEncoders.BoxedIntEncoder$.MODULE$),
            Map.entry(Long.class, AgnosticEncoders.BoxedLongEncoder$.MODULE$),
            Map.entry(Float.class, AgnosticEncoders.BoxedFloatEncoder$.MODULE$),
            Map.entry(Double.class, AgnosticEncoders.BoxedDoubleEncoder$.MODULE$),
            Map.entry(String.class, AgnosticEncoders.StringEncoder$.MODULE$),
            Map.entry(byte[].class, AgnosticEncoders.BinaryEncoder$.MODULE$),
            Map.entry(java.time.Instant.class, AgnosticEncoders.STRICT_INSTANT_ENCODER()));
}
