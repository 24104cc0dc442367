package dev.merapi.query.sql;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.bind.Binder;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.store.Catalog;
import dev.merapi.store.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/** A catalog to bind against, made by our own CREATE TABLE. */
public final class Shop {
    private static final String TABLES = """
        CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL, city text, born date);
        CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id int, total numeric(10,2) DEFAULT 0, note jsonb);
        CREATE TABLE pair (a int, b text, PRIMARY KEY (a, b));
        """;

    private static final Catalog CATALOG = catalog();

    private Shop() {}

    /** Binds the only statement of a text. */
    public static BoundStatement bind(String sql) {
        return bind(CATALOG, sql);
    }

    private static BoundStatement bind(Catalog catalog, String sql) {
        return new Binder()
                .bind(
                        catalog,
                        "public",
                        PolicySubject.UNGUARDED,
                        new SqlParser().parse(sql).getFirst());
    }

    /** The tree of a query. */
    public static RelNode query(String sql) {
        return ((BoundQuery) bind(sql)).rel();
    }

    /** A tree as text, one node per line. */
    public static String text(RelNode rel) {
        return RelOptUtil.toString(rel).replace("\r\n", "\n");
    }

    private static Catalog catalog() {
        Catalog catalog = Catalog.EMPTY;
        for (ParsedStatement statement : new SqlParser().parse(TABLES)) {
            BoundStatement bound = new Binder().bind(catalog, "public", PolicySubject.UNGUARDED, statement);
            catalog = catalog.with(
                    new SchemaChange.TableCreated(numbered(catalog, ((BoundDdl.CreateTable) bound).draft())));
        }
        return catalog;
    }

    private static TableSchema numbered(Catalog catalog, TableSchema draft) {
        int tableId = catalog.nextObjectId();
        int indexId = tableId + 1;
        List<IndexDefinition> indexes = new ArrayList<>();
        for (IndexDefinition index : draft.indexes()) {
            indexes.add(new IndexDefinition(indexId++, index.name(), index.columns(), index.unique(), index.kind()));
        }
        PrimaryKey key = new PrimaryKey(draft.name().table() + "_pkey", tableId + 1);
        return new TableSchema(
                tableId, draft.name(), draft.columns(), key, indexes, draft.checks(), draft.foreignKeys(), 1);
    }
}
