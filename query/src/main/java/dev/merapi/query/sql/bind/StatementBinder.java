package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.BoundExplain;
import dev.merapi.query.sql.BoundMerge;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.sql.BoundSession;
import dev.merapi.query.sql.BoundStatement;
import dev.merapi.query.sql.BoundWrite;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.NameUses;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.query.sql.select.QueryBinder;
import dev.merapi.query.sql.select.WithWrites;
import dev.merapi.store.Catalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;

/** Binds one statement. Used once, by one thread. */
final class StatementBinder {
    private final Catalog catalog;
    private final String schema;
    private final BindContext context;
    private final QueryBinder queries;
    private final List<WithWrite> with = new ArrayList<>();

    StatementBinder(Catalog catalog, String schema, PolicySubject subject) {
        this.catalog = catalog;
        this.schema = schema;
        this.context = new BindContext(catalog, schema, subject, NameUses.IGNORED);
        this.queries = QueryBinder.of(context, this::write);
    }

    BoundStatement bind(Statement statement) {
        return switch (statement) {
            case Statement.QueryStatement query -> query(query.query());
            case Statement.Insert insert -> write(insert, queries, UnaryOperator.identity(), false);
            case Statement.Update update -> write(update, queries, UnaryOperator.identity(), false);
            case Statement.Delete delete -> write(delete, queries, UnaryOperator.identity(), false);
            case Statement.Merge merge -> merge(merge);
            case Statement.CreateTableAs create -> createTableAs(create);
            case Statement.Explain explain ->
                new BoundExplain(bind(explain.statement()), explain.analyze(), explain.live());
            case Statement.TransactionControl control ->
                new BoundSession.TransactionControl(BoundSession.TransactionControl.Verb.valueOf(
                        control.verb().name()));
            case Statement.SavepointControl control ->
                new BoundSession.SavepointControl(
                        BoundSession.SavepointControl.Step.valueOf(
                                control.step().name()),
                        control.name());
            case Statement.SetSetting set -> Settings.set(set, schema);
            case Statement.ShowSetting show -> Settings.show(show);
            case Statement.CreateTable ddl -> ddl(ddl);
            case Statement.CreateIndex ddl -> ddl(ddl);
            case Statement.CreateSchema ddl -> ddl(ddl);
            case Statement.AlterTable ddl -> ddl(ddl);
            case Statement.Drop ddl -> ddl(ddl);
            case Statement.Truncate ddl -> ddl(ddl);
            case Statement.CreatePolicy policy -> policies().create(policy);
            case Statement.AlterPolicy policy -> policies().alter(policy);
            case Statement.RenamePolicy policy -> policies().rename(policy);
            case Statement.DropPolicy policy -> policies().drop(policy);
        };
    }

    private PolicyBinder policies() {
        return new PolicyBinder(
                new ObjectNames(catalog, schema), schema, context.subject().role());
    }

    private BoundDdl ddl(Statement statement) {
        return new DdlBinder(catalog, schema, new TableExpressions(catalog, schema)).bind(statement);
    }

    private BoundQuery query(Query query) {
        PendingQuery pending = queries.pending(query, null);
        RelNode rel = queries.settled(pending);
        return new BoundQuery(
                List.copyOf(with),
                rel,
                rowType(rel, pending.names()),
                context.parameters().types());
    }

    /** The columns of a node under the names the client sees. */
    static RowType rowType(RelNode rel, List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (RelDataTypeField field : rel.getRowType().getFieldList()) {
            columns.add(new Column(
                    names.get(columns.size()),
                    RelTypes.columnType(field.getType()),
                    field.getType().isNullable()));
        }
        return new RowType(columns);
    }

    /** {@code around} puts the definitions of enclosing WITH clauses around the statement's trees. */
    private BoundWrite write(Statement statement, QueryBinder binder, UnaryOperator<RelNode> around, boolean merging) {
        ObjectNames names = new ObjectNames(catalog, schema);
        return switch (statement) {
            case Statement.Insert insert -> new InsertBinder(binder, names, with, around).bind(insert);
            case Statement.Update update -> new UpdateBinder(binder, names, with, around, merging).bind(update);
            case Statement.Delete delete -> new DeleteBinder(binder, names, with, around, merging).bind(delete);
            default -> throw new IllegalArgumentException("does not write: " + statement);
        };
    }

    private BoundMerge merge(Statement.Merge merge) {
        List<BoundWrite> parts = new ArrayList<>();
        for (Statement part : merge.parts()) {
            parts.add(write(part, queries, UnaryOperator.identity(), true));
        }
        if (!with.isEmpty()) {
            throw BindErrors.unsupported(
                    merge.position(), "a WITH clause that writes before MERGE", "write in a statement before it");
        }
        return new BoundMerge(parts, context.parameters().types());
    }

    /** A writing part of the statement's WITH clause. */
    private WithWrites.Written write(Query.CommonTable table, QueryBinder binder, UnaryOperator<RelNode> around) {
        BoundWrite write = write(table.statement(), binder, around, false);
        int workingTable = context.newWorkingTable();
        with.add(new WithWrite(workingTable, write));
        var returning = write.returning();
        if (returning == null) {
            return new WithWrites.Written(
                    workingTable, context.cluster().getTypeFactory().createStructType(List.of(), List.of()), List.of());
        }
        List<String> names =
                returning.rowType().columns().stream().map(Column::name).toList();
        return new WithWrites.Written(workingTable, returning.rel().getRowType(), names);
    }

    private BoundStatement createTableAs(Statement.CreateTableAs create) {
        DdlBinder ddl = new DdlBinder(catalog, schema, new TableExpressions(catalog, schema));
        TableName name = ddl.newTable(create.name(), create.ifNotExists());
        if (name == null) {
            return DdlBinder.tableExists(create.name());
        }
        PendingQuery pending = queries.pending(create.query(), null);
        RelNode rel = queries.settled(pending);
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Column column : rowType(rel, names(create, pending.names())).columns()) {
            if (!taken.add(column.name())) {
                throw BindErrors.at(create.name(), ErrorCode.DUPLICATE_COLUMN, "query yields two columns of one name")
                        .with("column", column.name())
                        .hint("give one of them another name with AS");
            }
            // As in PostgreSQL the new table has no constraints, whatever the query is made of.
            columns.add(ColumnDefinition.of(Column.optional(column.name(), column.type())));
        }
        TableSchema draft = new TableSchema(0, name, columns, null, List.of(), List.of(), List.of(), 0);
        RelNode source = create.withData() ? rel : noRows(rel);
        return new BoundDdl.CreateTableAs(draft, source, context.parameters().types());
    }

    private RelNode noRows(RelNode rel) {
        return org.apache.calcite.rel.logical.LogicalFilter.create(
                rel, context.rex().makeLiteral(false));
    }

    private static List<String> names(Statement.CreateTableAs create, List<String> queried) {
        if (create.columns().size() > queried.size()) {
            throw BindErrors.at(create.name(), ErrorCode.SYNTAX_ERROR, "too many column names")
                    .with("columns there", queried.size())
                    .with("columns named", create.columns().size());
        }
        List<String> names = new ArrayList<>(create.columns());
        names.addAll(queried.subList(names.size(), queried.size()));
        return names;
    }
}
