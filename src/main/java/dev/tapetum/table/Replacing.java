package dev.tapetum.table;

import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.runtime.AbstractPartialFunction;

/** Puts one expression in the place of every node of a kind: how an encoder of a whole row serves a nested field. */
final class Replacing extends AbstractPartialFunction<Expression, Expression> {
    private final Class<? extends Expression> kind;
    private final Expression replacement;

    private Replacing(Class<? extends Expression> kind, Expression replacement) {
        this.kind = kind;
        this.replacement = replacement;
    }

    /** Bottom up, so that a replacement which itself holds a node of the kind is not entered again. */
    static Expression every(Class<? extends Expression> kind, Expression replacement, Expression in) {
        return in.transformUp(new Replacing(kind, replacement));
    }

    @Override
    public boolean isDefinedAt(Expression node) {
        return kind.isInstance(node);
    }

    @Override
    public Expression apply(Expression node) {
        return replacement;
    }
}
