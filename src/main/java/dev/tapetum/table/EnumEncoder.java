package dev.tapetum.table;

import org.apache.spark.sql.catalyst.DeserializerBuildHelper;
import org.apache.spark.sql.catalyst.SerializerBuildHelper;
import org.apache.spark.sql.catalyst.encoders.AgnosticExpressionPathEncoder;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** An enum as text: the constant's name in lower case, so that SQL reads {@code status = 'complete'}. */
@SuppressWarnings("deprecation") // see RecordEncoder
final class EnumEncoder<E> implements AgnosticExpressionPathEncoder<E> {
    private static final long serialVersionUID = 1L;

    private final ClassTag<E> classTag;

    private final boolean required;

    EnumEncoder(Class<E> type, boolean required) {
        this.required = required;
        this.classTag = ClassTag$.MODULE$.apply(type);
    }

    @Override
    public Expression toCatalyst(Expression input) {
        Expression text = new Lower(SerializerBuildHelper.createSerializerForJavaEnum(input));
        return required ? RecordEncoder.notNull(text, classTag) : text;
    }

    @Override
    public Expression fromCatalyst(Expression path) {
        Expression name = DeserializerBuildHelper.createDeserializerForString(new Upper(path), false);
        return DeserializerBuildHelper.createDeserializerForTypesSupportValueOf(name, classTag.runtimeClass());
    }

    @Override
    public ClassTag<E> clsTag() {
        return classTag;
    }

    @Override
    public DataType dataType() {
        return DataTypes.StringType;
    }

    @Override
    public boolean isPrimitive() {
        return false;
    }
}
