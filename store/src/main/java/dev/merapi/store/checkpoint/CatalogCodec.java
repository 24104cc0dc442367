package dev.merapi.store.checkpoint;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.SchemaCodec;
import dev.merapi.store.Catalog;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of a catalog, in checkpoints and at the start of each log segment.
 *
 * <pre>
 * catalog = version:u64 nextObjectId:u32 schemas:u32 {name:string} tables:u32 {table as SchemaCodec writes it}
 * </pre>
 */
public final class CatalogCodec {
    private CatalogCodec() {}

    public static void write(BsatnWriter out, Catalog catalog) {
        out.putLong(catalog.version()).putInt(catalog.nextObjectId());
        out.putInt(catalog.schemas().size());
        for (String schema : catalog.schemas()) {
            out.putString(schema);
        }
        out.putInt(catalog.tables().size());
        for (TableSchema table : catalog.tables()) {
            SchemaCodec.writeTable(out, table);
        }
    }

    public static Catalog read(BsatnReader in) {
        long version = in.getLong();
        int nextObjectId = in.getInt();
        int schemaCount = in.getCount(4);
        List<String> schemas = new ArrayList<>(schemaCount);
        for (int i = 0; i < schemaCount; i++) {
            schemas.add(in.getString());
        }
        int tableCount = in.getCount(4);
        List<TableSchema> tables = new ArrayList<>(tableCount);
        for (int i = 0; i < tableCount; i++) {
            tables.add(SchemaCodec.readTable(in));
        }
        return Catalog.restore(version, nextObjectId, schemas, tables);
    }
}
