package dev.merapi.query.sql.scope;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The columns an expression can name: those of the row it is evaluated over, then those of enclosing queries. A column
 * of an enclosing query becomes a field of that query's correlation variable.
 *
 * <p>Correlation variables belong to one relational node each: whoever builds a node takes the variable its expressions
 * have used with {@link #takeCorrelation}, and the next node's expressions get a fresh one.
 */
public final class Scope {
    private final BindContext context;
    private final @Nullable Scope parent;
    private final RelDataType rowType;
    private final List<ScopeColumn> columns;
    private final List<Relation> relations;
    private @Nullable CorrelationId correlation;

    /**
     * Makes a scope.
     *
     * @param rowType the row expressions are evaluated over
     * @param columns what a name without qualifier can mean and {@code *} stands for, in order
     * @param relations what a qualifier can mean
     */
    public Scope(
            BindContext context,
            @Nullable Scope parent,
            RelDataType rowType,
            List<ScopeColumn> columns,
            List<Relation> relations) {
        this.context = context;
        this.parent = parent;
        this.rowType = rowType;
        this.columns = List.copyOf(columns);
        this.relations = List.copyOf(relations);
    }

    /** A scope without columns of its own. */
    public static Scope empty(BindContext context, @Nullable Scope parent) {
        RelDataType noFields = context.cluster().getTypeFactory().createStructType(List.of(), List.of());
        return new Scope(context, parent, noFields, List.of(), List.of());
    }

    public @Nullable Scope parent() {
        return parent;
    }

    public RelDataType rowType() {
        return rowType;
    }

    public List<ScopeColumn> columns() {
        return columns;
    }

    public List<Relation> relations() {
        return relations;
    }

    /** The variables to hang on the node under construction: at most one, if a query in its expressions used it. */
    public Set<CorrelationId> takeCorrelation() {
        CorrelationId used = correlation;
        correlation = null;
        return used == null ? Set.of() : Set.of(used);
    }

    /** The column a name means. */
    public RexNode resolve(Name name) {
        return name.isSimple() ? unqualified(name) : qualified(name);
    }

    /** Whether a name without qualifier is a column of this scope itself. */
    public boolean hasColumn(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    /** The relation of this scope whose whole row a bare name means; null if it means a column, or nothing. */
    @Nullable
    public Relation wholeRow(String name) {
        Relation relation = hasColumn(name) ? null : relation(name);
        if (relation == null || relation.scalar()) {
            return null;
        }
        reportAll(context, relation);
        return relation;
    }

    /** Whether a name means a relation here, which a column of that name would hide. */
    public boolean isRelation(Name name) {
        boolean column = name.isSimple() && hasColumn(name.last());
        return !column && name.parts().size() <= 2 && relation(name) != null;
    }

    private RexNode unqualified(Name name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            RexNode found = scope.unqualifiedHere(name);
            if (found != null) {
                scope.report(name, found);
                return scope == this ? found : scope.asOuter(found);
            }
        }
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Relation relation = scope.relation(name.last());
            if (relation != null) {
                return scope.wholeRow(relation, name, this);
            }
        }
        throw ScopeErrors.unknownColumn(this, name);
    }

    private @Nullable RexNode unqualifiedHere(Name name) {
        ScopeColumn found = null;
        for (ScopeColumn column : columns) {
            if (column.name().equals(name.last())) {
                if (found != null) {
                    throw ScopeErrors.ambiguous(this, name);
                }
                found = column;
            }
        }
        return found == null ? null : found.node();
    }

    /** The alias of a function of single values stands for the value; any other whole row is no value here. */
    private RexNode wholeRow(Relation relation, Name name, Scope asking) {
        if (!relation.scalar()) {
            throw BindErrors.unsupported(
                    name.position(), "a whole row as a value", "name its columns, or write " + name.last() + ".*");
        }
        RexNode value = relation.columns().get(0).node();
        return asking == this ? value : asOuter(value);
    }

    private RexNode qualified(Name name) {
        Name qualifier = new Name(name.parts().subList(0, name.parts().size() - 1), name.position());
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Relation relation = scope.relation(qualifier);
            if (relation != null) {
                RexNode found = column(relation, name);
                report(name, relation, found);
                return scope == this ? found : scope.asOuter(found);
            }
        }
        throw ScopeErrors.unknownRelation(this, qualifier);
    }

    /** A merged column of a join has the columns of both sides in it, and none of their names. */
    private void report(Name name, RexNode found) {
        relations.forEach(relation -> report(name, relation, found));
    }

    private void report(Name name, Relation relation, RexNode found) {
        TableSchema table = relation.table();
        for (int i = 0;
                table != null
                        && i
                                < Math.min(
                                        relation.columns().size(),
                                        table.columns().size());
                i++) {
            if (relation.columns().get(i).node().equals(found)) {
                context.uses().column(name, relation, i);
            }
        }
    }

    private static void reportAll(BindContext context, Relation relation) {
        TableSchema table = relation.table();
        if (table != null) {
            context.uses().allColumns(table);
        }
    }

    private static RexNode column(Relation relation, Name name) {
        ScopeColumn found = null;
        for (ScopeColumn column : relation.columns()) {
            if (column.name().equals(name.last())) {
                if (found != null) {
                    throw BindErrors.at(name, ErrorCode.AMBIGUOUS_COLUMN, "column name is ambiguous")
                            .with("column", name);
                }
                found = column;
            }
        }
        if (found == null) {
            throw ScopeErrors.unknownColumn(relation, name);
        }
        return found.node();
    }

    /** The columns of {@code qualifier.*}, or of a bare {@code *} when it has no parts. */
    public List<ScopeColumn> star(Name qualifier) {
        if (qualifier.parts().isEmpty()) {
            if (relations.isEmpty()) {
                throw BindErrors.at(qualifier, ErrorCode.SYNTAX_ERROR, "* needs a FROM clause");
            }
            relations.forEach(relation -> reportAll(context, relation));
            return columns;
        }
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Relation relation = scope.relation(qualifier);
            if (relation != null) {
                reportAll(context, relation);
                return scope == this ? relation.columns() : Relation.map(relation.columns(), scope::asOuter);
            }
        }
        throw ScopeErrors.unknownRelation(this, qualifier);
    }

    /** The relation of this scope with this qualifier, which may have a schema in front. */
    private @Nullable Relation relation(Name qualifier) {
        if (qualifier.isSimple()) {
            return relation(qualifier.last());
        }
        if (qualifier.parts().size() > 2) {
            throw BindErrors.unsupported(
                    qualifier.position(), "reference to another database", "connect to that database");
        }
        for (Relation relation : relations) {
            if (relation.name() != null
                    && relation.name().table().equals(qualifier.last())
                    && relation.name().schema().equals(qualifier.parts().get(0))) {
                return relation;
            }
        }
        return null;
    }

    /** The relation of this scope with this alias; null if there is none. */
    @Nullable
    public Relation relation(String alias) {
        for (Relation relation : relations) {
            if (relation.alias().equals(alias)) {
                return relation;
            }
        }
        return null;
    }

    /** An expression over the row of this scope as a query inside it sees it. */
    private RexNode asOuter(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return context.rex().makeFieldAccess(correlationVariable(), ref.getIndex());
            }
        });
    }

    private RexNode correlationVariable() {
        CorrelationId id = correlation;
        if (id == null) {
            id = context.cluster().createCorrel();
            correlation = id;
        }
        return context.rex().makeCorrel(rowType, id);
    }

    /** All column names in sight, nearest first, for hints. */
    List<String> namesInSight() {
        List<String> names = new ArrayList<>();
        for (Scope scope = this; scope != null; scope = scope.parent) {
            scope.columns.forEach(column -> names.add(column.name()));
        }
        return names;
    }

    /** Checks that no two relations have the same alias. */
    public static void requireDistinct(List<Relation> relations, Relation added, int position) throws CodedException {
        for (Relation relation : relations) {
            boolean inTwoSchemas = relation.name() != null
                    && added.name() != null
                    && !relation.name().equals(added.name());
            if (!added.alias().isEmpty() && relation.alias().equals(added.alias()) && !inTwoSchemas) {
                throw BindErrors.at(position, ErrorCode.DUPLICATE_ALIAS, "name stands twice in FROM")
                        .with("name", added.alias())
                        .hint("give one of them another name with AS");
            }
        }
    }
}
