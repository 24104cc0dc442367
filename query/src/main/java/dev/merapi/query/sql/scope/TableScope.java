package dev.merapi.query.sql.scope;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** The scope of an expression over one row of one table. */
public final class TableScope {
    private TableScope() {}

    public static Scope of(BindContext context, TableSchema table) {
        RelDataType rowType = RelTypes.standard().row(table.rowType());
        List<ScopeColumn> columns = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            columns.add(
                    new ScopeColumn(field.getName(), context.rex().makeInputRef(field.getType(), field.getIndex())));
        }
        Relation relation = new Relation(table.name().table(), table.name(), table, columns, false);
        return new Scope(context, null, rowType, columns, List.of(relation));
    }
}
