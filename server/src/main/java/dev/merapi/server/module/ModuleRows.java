package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.KeyRange;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.server.module.HostedTable.HostedIndex;
import dev.merapi.store.IndexRange;
import dev.merapi.store.ReadView;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import dev.merapi.store.Transaction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a module in the transaction, or the view, at work. One for all calls of a thread: the handles of the
 * module are made on it once.
 *
 * <p>Walks read a view of the transaction, so that a function may write what it walks over.
 */
final class ModuleRows implements RowStore {
    private List<HostedTable> tables = List.of();
    private @Nullable ReadView source;
    private @Nullable Transaction transaction;

    /** Lets the handles work on a transaction until {@link #end}. */
    void begin(List<HostedTable> hosted, Transaction open) {
        tables = hosted;
        source = open;
        transaction = open;
    }

    /** Lets the handles read a view until {@link #end}; writes are refused. */
    void begin(List<HostedTable> hosted, ReadView view) {
        tables = hosted;
        source = view;
        transaction = null;
    }

    /** The call is over: whoever kept a handle gets an error instead of another call's transaction. */
    void end() {
        source = null;
        transaction = null;
    }

    @Override
    public byte[] insert(int table, byte[] row) {
        HostedTable hosted = tables.get(table);
        byte[] numbered = number(hosted, row);
        writer().insertEncoded(hosted.tableId(), numbered);
        return numbered;
    }

    @Override
    public byte[] update(int table, byte[] row) {
        HostedTable hosted = tables.get(table);
        HostedIndex key = primaryKey(hosted);
        long rowId = findId(hosted, key, row);
        if (rowId < 0) {
            throw new CodedException(ErrorCode.ROW_NOT_FOUND, "no row has the primary key of the one to update")
                    .with("table", hosted.schema().name())
                    .with("key", keyText(key, row))
                    .hint("insert it, or use upsert");
        }
        writer().updateEncoded(hosted.tableId(), rowId, row);
        return row;
    }

    @Override
    public byte[] upsert(int table, byte[] row) {
        HostedTable hosted = tables.get(table);
        long rowId = findId(hosted, primaryKey(hosted), row);
        if (rowId < 0) {
            return insert(table, row);
        }
        writer().updateEncoded(hosted.tableId(), rowId, row);
        return row;
    }

    @Override
    public boolean delete(int table, byte[] row) {
        HostedTable hosted = tables.get(table);
        HostedIndex index = hosted.bestIndex();
        TableReader reader = reader(hosted);
        RowCursor candidates = index == null || index.key().hasNull(row)
                ? reader.scan()
                : reader.lookup(index.indexId(), index.key().extract(row));
        while (candidates.next()) {
            if (Arrays.equals(candidates.row(), row)) {
                return writer().delete(hosted.tableId(), candidates.rowId());
            }
        }
        return false;
    }

    @Override
    public long delete(int table, int index, byte[] key) {
        HostedTable hosted = tables.get(table);
        return delete(hosted, frozen(hosted).lookup(hosted.index(index).indexId(), key));
    }

    @Override
    public long delete(int table, int index, long key) {
        HostedTable hosted = tables.get(table);
        HostedIndex hostedIndex = hosted.index(index);
        if (hostedIndex.unique()) {
            long rowId = reader(hosted).findId(hostedIndex.indexId(), key);
            return rowId >= 0 && writer().delete(hosted.tableId(), rowId) ? 1 : 0;
        }
        return delete(hosted, frozen(hosted).lookup(hostedIndex.indexId(), LongKeys.encode(hostedIndex.key(), key)));
    }

    @Override
    public long delete(int table, int index, KeyRange range) {
        HostedTable hosted = tables.get(table);
        return delete(hosted, frozen(hosted).range(hosted.index(index).indexId(), stretch(range), false));
    }

    @Override
    public long clear(int table) {
        HostedTable hosted = tables.get(table);
        long count = reader(hosted).rowCount();
        writer().truncate(hosted.tableId());
        return count;
    }

    @Override
    public long count(int table) {
        return reader(tables.get(table)).rowCount();
    }

    @Override
    public Walk rows(int table) {
        return walk(frozen(tables.get(table)).scan());
    }

    @Override
    public byte @Nullable [] find(int table, int index, byte[] key) {
        HostedTable hosted = tables.get(table);
        TableReader reader = reader(hosted);
        long rowId = reader.findId(hosted.index(index).indexId(), key);
        return rowId < 0 ? null : reader.row(rowId);
    }

    @Override
    public byte @Nullable [] find(int table, int index, long key) {
        HostedTable hosted = tables.get(table);
        TableReader reader = reader(hosted);
        long rowId = reader.findId(hosted.index(index).indexId(), key);
        return rowId < 0 ? null : reader.row(rowId);
    }

    @Override
    public Walk lookup(int table, int index, byte[] key) {
        HostedTable hosted = tables.get(table);
        return walk(frozen(hosted).lookup(hosted.index(index).indexId(), key));
    }

    @Override
    public Walk lookup(int table, int index, long key) {
        HostedTable hosted = tables.get(table);
        HostedIndex hostedIndex = hosted.index(index);
        return walk(frozen(hosted).lookup(hostedIndex.indexId(), LongKeys.encode(hostedIndex.key(), key)));
    }

    @Override
    public Walk range(int table, int index, KeyRange range) {
        HostedTable hosted = tables.get(table);
        return walk(frozen(hosted).range(hosted.index(index).indexId(), stretch(range), false));
    }

    private long delete(HostedTable hosted, RowCursor doomed) {
        Transaction writer = writer();
        long deleted = 0;
        while (doomed.next()) {
            if (writer.delete(hosted.tableId(), doomed.rowId())) {
                deleted++;
            }
        }
        return deleted;
    }

    /** The row with numbers in the places of zeros. */
    private byte[] number(HostedTable hosted, byte[] row) {
        byte[] numbered = row;
        boolean copied = false;
        for (int column : hosted.numberedColumns()) {
            if (!hosted.layout().isNull(numbered, column) && hosted.layout().getLong(numbered, column) == 0) {
                numbered = copied ? numbered : row.clone();
                copied = true;
                LongKeys.put(
                        numbered,
                        hosted.layout().valueStart(numbered, column),
                        hosted.layout().columnType(column),
                        writer().nextSequence(hosted.tableId(), column));
            }
        }
        return numbered;
    }

    private long findId(HostedTable hosted, HostedIndex key, byte[] row) {
        TableReader reader = reader(hosted);
        return key.key().isSingleLong()
                ? reader.findId(key.indexId(), hosted.layout().getLong(row, key.firstColumn()))
                : reader.findId(key.indexId(), key.key().extract(row));
    }

    private static HostedIndex primaryKey(HostedTable hosted) {
        HostedIndex key = hosted.primaryKey();
        if (key == null) {
            throw new IllegalStateException("table " + hosted.schema().name() + " has no primary key");
        }
        return key;
    }

    private static String keyText(HostedIndex index, byte[] row) {
        byte[] key = index.key().extract(row);
        return Arrays.toString(index.key().keyLayout().decode(key));
    }

    private static IndexRange stretch(KeyRange range) {
        return new IndexRange(
                range.lower(),
                range.lowerColumns(),
                range.lowerInclusive(),
                range.upper(),
                range.upperColumns(),
                range.upperInclusive());
    }

    private static Walk walk(RowCursor cursor) {
        return () -> cursor.next() ? cursor.row() : null;
    }

    private TableReader reader(HostedTable hosted) {
        return view().table(hosted.tableId());
    }

    /** The table as it is now, whatever is written later. */
    private TableReader frozen(HostedTable hosted) {
        Transaction open = transaction;
        ReadView view = open == null ? view() : open.view();
        return view.table(hosted.tableId());
    }

    private ReadView view() {
        ReadView view = source;
        if (view == null) {
            throw over();
        }
        return view;
    }

    private Transaction writer() {
        Transaction open = transaction;
        if (open == null) {
            if (source == null) {
                throw over();
            }
            throw new CodedException(ErrorCode.WRITE_IN_QUERY, "a view only reads").hint("write in a reducer");
        }
        return open;
    }

    private static IllegalStateException over() {
        return new IllegalStateException("the call these tables belong to is over");
    }
}
