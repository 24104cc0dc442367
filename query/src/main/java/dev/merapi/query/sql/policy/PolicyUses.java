package dev.merapi.query.sql.policy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.parse.NameParts;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.NameUses;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.store.Catalog;
import dev.merapi.store.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the policies of a catalog are about: which of them a schema change concerns, and how they read afterwards. Found
 * out by binding their texts, for a name alone does not tell whose column it is.
 */
public final class PolicyUses {
    /** A policy with the table it is for. */
    public record Owned(TableSchema table, PolicyDefinition policy) {}

    private final Catalog catalog;
    private final Function<BindContext, RowPolicies> binder;

    /**
     * @param binder binds the conditions of policies in a context
     */
    public PolicyUses(Catalog catalog, Function<BindContext, RowPolicies> binder) {
        this.catalog = catalog;
        this.binder = binder;
    }

    /** The policies, of this table or another, that say something about a column. */
    public List<Owned> ofColumn(TableSchema table, int column) {
        return having(use -> use.tableId() == table.tableId() && (use.column() == column || use.column() == ALL));
    }

    /** The policies of other tables that read one of these. */
    public List<Owned> ofTables(List<TableSchema> tables) {
        Set<Integer> ids = new java.util.HashSet<>();
        tables.forEach(table -> ids.add(table.tableId()));
        return having(use -> ids.contains(use.tableId())).stream()
                .filter(owned -> !ids.contains(owned.table().tableId()))
                .toList();
    }

    /** The policies that name a column, as they read when it is called otherwise. */
    public List<Owned> withColumnRenamed(TableSchema table, int column, TableSchema renamed) {
        String newName = renamed.columns().get(column).name();
        String oldName = table.columns().get(column).name();
        return rewritten(renamed, newName, use -> {
            boolean named = use.tableId() == table.tableId()
                    && use.column() == column
                    && use.name().last().equals(oldName);
            return named ? use.name().parts().size() - 1 : NOT_NAMED;
        });
    }

    /** The policies that name a table, as they read when it is called otherwise. */
    public List<Owned> withTableRenamed(TableSchema table, TableSchema renamed) {
        return rewritten(renamed, renamed.name().table(), use -> {
            if (use.tableId() != table.tableId() || !use.byTableName()) {
                return NOT_NAMED;
            }
            // FROM names the table last, a column's name has it before the column's own.
            int part = use.name().parts().size() - (use.column() == TABLE ? 1 : 2);
            return part >= 0 ? part : NOT_NAMED;
        });
    }

    private static final int TABLE = -1;
    private static final int ALL = -2;
    private static final int NOT_NAMED = -1;

    /**
     * A name in a text and what it means.
     *
     * @param column its position, {@link #TABLE} for the table itself, {@link #ALL} for all its columns without a name
     * @param byTableName whether the table goes by its own name there
     */
    private record Use(Name name, int tableId, int column, boolean byTableName) {}

    private static final Name UNNAMED = new Name(List.of(""), 0);

    private List<Owned> having(Predicate<Use> wanted) {
        List<Owned> found = new ArrayList<>();
        for (TableSchema table : catalog.tables()) {
            for (PolicyDefinition policy : table.rowSecurity().policies()) {
                boolean concerned =
                        uses(catalog, table, policy.usingSql(), policy).stream().anyMatch(wanted)
                                || uses(catalog, table, policy.checkSql(), policy).stream()
                                        .anyMatch(wanted);
                if (concerned) {
                    found.add(new Owned(table, policy));
                }
            }
        }
        return found;
    }

    private List<Use> uses(Catalog in, TableSchema table, @Nullable String sql, PolicyDefinition policy) {
        if (sql == null) {
            return List.of();
        }
        List<Use> uses = new ArrayList<>();
        NameUses recorder = new NameUses() {
            @Override
            public void table(Name name, TableSchema used) {
                uses.add(new Use(name, used.tableId(), TABLE, true));
            }

            @Override
            public void column(Name name, Relation relation, int column) {
                TableSchema used = relation.table();
                if (used != null) {
                    uses.add(new Use(name, used.tableId(), column, relation.name() != null));
                }
            }

            @Override
            public void allColumns(TableSchema used) {
                uses.add(new Use(UNNAMED, used.tableId(), ALL, false));
            }
        };
        BindContext context = new BindContext(in, policy.searchSchema(), PolicySubject.UNGUARDED, recorder);
        binder.apply(context).require(table, policy.withConditions(sql, null));
        return uses;
    }

    /** In which part of a name something is called by its old name; {@link #NOT_NAMED} if it is not. */
    private interface Part {
        int of(Use use);
    }

    private List<Owned> rewritten(TableSchema renamed, String newName, Part part) {
        Catalog after = catalog.with(new SchemaChange.TableAltered(renamed, SchemaChange.RowRewrite.NONE));
        List<Owned> changed = new ArrayList<>();
        for (TableSchema table : catalog.tables()) {
            for (PolicyDefinition policy : table.rowSecurity().policies()) {
                String using = rewritten(after, table, policy.usingSql(), policy, newName, part);
                String check = rewritten(after, table, policy.checkSql(), policy, newName, part);
                PolicyDefinition result = policy.withConditions(using, check);
                if (!result.equals(policy)) {
                    changed.add(new Owned(table, result));
                }
            }
        }
        return changed;
    }

    private @Nullable String rewritten(
            Catalog after,
            TableSchema table,
            @Nullable String sql,
            PolicyDefinition policy,
            String newName,
            Part part) {
        if (sql == null) {
            return null;
        }
        List<Use> before = uses(catalog, table, sql, policy);
        List<NameParts.Place> places = before.stream()
                .filter(use -> part.of(use) != NOT_NAMED)
                .map(use -> new NameParts.Place(use.name(), part.of(use)))
                .toList();
        String result = NameParts.replace(sql, places, newName);
        requireSameMeaning(after, table, result, policy, before);
        return result;
    }

    /** A name that joins by itself (USING, NATURAL), or one that now means something nearer, cannot be followed. */
    private void requireSameMeaning(
            Catalog after, TableSchema table, String sql, PolicyDefinition policy, List<Use> before) {
        List<List<Integer>> meaning = before.stream().map(PolicyUses::meaning).toList();
        CodedException reason = null;
        try {
            List<Use> now = uses(after, after.get(table.tableId()), sql, policy);
            if (now.stream().map(PolicyUses::meaning).toList().equals(meaning)) {
                return;
            }
        } catch (CodedException e) {
            reason = e;
        }
        CodedException refusal = new CodedException(
                        ErrorCode.DEPENDENT_OBJECTS, "a policy would not mean the same with the new name")
                .with("policy", policy.name())
                .with("table", table.name())
                .hint("drop the policy, rename, and create it again");
        throw reason == null ? refusal : refusal.causedBy(reason);
    }

    private static List<Integer> meaning(Use use) {
        return List.of(use.tableId(), use.column());
    }
}
