package dev.merapi.query.sql.bind;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnDefinition.Identity;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Statement.ColumnSpec;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec.Rule;
import dev.merapi.query.sql.ast.Statement.SourceExpr;
import dev.merapi.query.sql.expression.TypeNames;
import dev.merapi.query.sql.scope.BindErrors;
import org.jspecify.annotations.Nullable;

/**
 * Columns of CREATE TABLE and ADD COLUMN: type, nullability, default, identity. Keys and checks are bound elsewhere.
 */
final class ColumnBinder {
    /** PostgreSQL's limit too; a row is read from its front. */
    private static final int MAX_COLUMNS = 1600;

    private final StoredExpressions expressions;

    ColumnBinder(StoredExpressions expressions) {
        this.expressions = expressions;
    }

    ColumnDefinition bind(TableDraft table, ColumnSpec spec) {
        String name = ObjectNames.requireValid(spec.name(), spec.position());
        if (table.indexOf(name) >= 0) {
            throw BindErrors.at(spec.position(), ErrorCode.DUPLICATE_COLUMN, "column is declared twice")
                    .with("column", name);
        }
        if (table.columns().size() >= MAX_COLUMNS) {
            throw BindErrors.at(spec.position(), ErrorCode.STATEMENT_LIMIT, "table has too many columns")
                    .with("limit", MAX_COLUMNS);
        }
        boolean serial = TypeNames.isSerial(spec.type());
        if (serial && spec.type().arrayDimensions() > 0) {
            throw BindErrors.unsupported(spec.type().position(), "array of serial", "use an integer array");
        }
        ColumnType type = serial ? TypeNames.serialType(spec.type()) : TypeNames.resolve(spec.type());
        Traits traits = traits(spec, type, serial);
        Column column = new Column(name, type, !traits.notNull);
        return new ColumnDefinition(column, traits.defaultSql, traits.identity);
    }

    /** What the constraints of one column say about it. */
    private static final class Traits {
        boolean notNull;
        boolean nullable;

        @Nullable
        String defaultSql;

        Identity identity = Identity.NONE;
    }

    private Traits traits(ColumnSpec spec, ColumnType type, boolean serial) {
        Traits traits = new Traits();
        if (serial) {
            traits.notNull = true;
            traits.identity = Identity.BY_DEFAULT;
        }
        for (ConstraintSpec constraint : spec.constraints()) {
            switch (constraint.rule()) {
                case Rule.NotNull rule -> traits.notNull = true;
                case Rule.Nullable rule -> traits.nullable = true;
                case Rule.PrimaryKey rule -> traits.notNull = true;
                case Rule.Default rule -> addDefault(traits, rule.value(), type, spec, constraint);
                case Rule.Identity rule -> addIdentity(traits, rule, type, spec, constraint);
                case Rule.Check rule -> {}
                case Rule.Unique rule -> {}
                case Rule.References rule -> {}
            }
        }
        if (traits.notNull && traits.nullable) {
            throw BindErrors.at(spec.position(), ErrorCode.SYNTAX_ERROR, "column is declared both NULL and NOT NULL")
                    .with("column", spec.name());
        }
        return traits;
    }

    private void addDefault(
            Traits traits, SourceExpr value, ColumnType type, ColumnSpec spec, ConstraintSpec constraint) {
        if (traits.defaultSql != null || traits.identity != Identity.NONE) {
            throw severalDefaults(spec, constraint);
        }
        expressions.bindDefault(type, value.expression());
        // DEFAULT NULL is what a column without a default has anyway.
        traits.defaultSql = value.expression() instanceof Expr.NullLiteral ? null : value.sql();
    }

    private static void addIdentity(
            Traits traits, Rule.Identity rule, ColumnType type, ColumnSpec spec, ConstraintSpec constraint) {
        if (traits.defaultSql != null || traits.identity != Identity.NONE) {
            throw severalDefaults(spec, constraint);
        }
        if (!(type instanceof ScalarType scalar && scalar.isInteger() && scalar.fixedWidth() <= 8)) {
            throw BindErrors.at(constraint.position(), ErrorCode.INVALID_ARGUMENT, "identity needs an integer column")
                    .with("column", spec.name())
                    .with("type", type.sqlName())
                    .hint("use smallint, integer or bigint");
        }
        traits.identity = rule.always() ? Identity.ALWAYS : Identity.BY_DEFAULT;
        traits.notNull = true;
    }

    private static CodedException severalDefaults(ColumnSpec spec, ConstraintSpec constraint) {
        return BindErrors.at(constraint.position(), ErrorCode.SYNTAX_ERROR, "column has several defaults")
                .with("column", spec.name())
                .hint("keep one of DEFAULT, GENERATED and serial");
    }
}
