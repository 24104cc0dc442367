package dev.merapi.query.sql.scope;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import java.util.List;

/** What is said when a name means nothing, or too much. */
public final class ScopeErrors {
    private ScopeErrors() {}

    static CodedException unknownColumn(Scope scope, Name name) {
        CodedException error = BindErrors.at(name, ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                .with("column", name);
        return hint(error, name.last(), scope.namesInSight());
    }

    static CodedException unknownColumn(Relation relation, Name name) {
        CodedException error = BindErrors.at(name, ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                .with("column", name);
        return hint(
                error,
                name.last(),
                relation.columns().stream().map(ScopeColumn::name).toList());
    }

    static CodedException ambiguous(Scope scope, Name name) {
        List<String> owners = scope.relations().stream()
                .filter(r -> r.columns().stream().anyMatch(c -> c.name().equals(name.last())))
                .map(Relation::alias)
                .toList();
        return BindErrors.at(name, ErrorCode.AMBIGUOUS_COLUMN, "column name is ambiguous")
                .with("column", name)
                .hint("write the table in front: " + String.join(", ", owners));
    }

    static CodedException unknownRelation(Scope scope, Name qualifier) {
        CodedException error = BindErrors.at(qualifier, ErrorCode.UNKNOWN_TABLE, "table is not in FROM")
                .with("table", qualifier);
        for (Scope s = scope; s != null; s = s.parent()) {
            for (Relation relation : s.relations()) {
                if (relation.table() != null
                        && relation.table().name().table().equals(qualifier.last())
                        && !relation.alias().equals(qualifier.last())) {
                    return error.hint("in this query the table is called " + relation.alias());
                }
            }
        }
        return error;
    }

    private static CodedException hint(CodedException error, String name, List<String> candidates) {
        String nearest = Nearest.of(name, candidates);
        return nearest == null ? error : error.hint("did you mean " + nearest + "?");
    }
}
