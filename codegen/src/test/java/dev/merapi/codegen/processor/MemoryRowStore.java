package dev.merapi.codegen.processor;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.KeyRange;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The simplest store that is right: lists of rows, searched from end to end. */
final class MemoryRowStore implements RowStore {
    private final List<Rows> tables = new ArrayList<>();

    MemoryRowStore(List<TableDescriptor> descriptors) {
        descriptors.forEach(descriptor -> tables.add(new Rows(descriptor)));
    }

    @Override
    public byte[] insert(int table, byte[] row) {
        return tables.get(table).insert(row);
    }

    @Override
    public byte[] update(int table, byte[] row) {
        Rows rows = tables.get(table);
        byte[] old = rows.withPrimaryKeyOf(row);
        if (old == null) {
            throw new CodedException(ErrorCode.ROW_NOT_FOUND, "no row has this primary key");
        }
        return rows.replace(old, row);
    }

    @Override
    public byte[] upsert(int table, byte[] row) {
        Rows rows = tables.get(table);
        byte[] old = rows.withPrimaryKeyOf(row);
        return old == null ? rows.insert(row) : rows.replace(old, row);
    }

    @Override
    public boolean delete(int table, byte[] row) {
        Iterator<byte[]> rows = tables.get(table).rows.iterator();
        while (rows.hasNext()) {
            if (Arrays.equals(rows.next(), row)) {
                rows.remove();
                return true;
            }
        }
        return false;
    }

    @Override
    public long delete(int table, int index, byte[] key) {
        return tables.get(table).delete(tables.get(table).equal(index, key));
    }

    @Override
    public long delete(int table, int index, long key) {
        return delete(table, index, tables.get(table).key(index, key));
    }

    @Override
    public long delete(int table, int index, KeyRange range) {
        return tables.get(table).delete(tables.get(table).within(index, range));
    }

    @Override
    public long clear(int table) {
        return tables.get(table).delete(row -> true);
    }

    @Override
    public long count(int table) {
        return tables.get(table).rows.size();
    }

    @Override
    public Walk rows(int table) {
        return walk(tables.get(table).rows);
    }

    @Override
    public byte @Nullable [] find(int table, int index, byte[] key) {
        return lookup(table, index, key).next();
    }

    @Override
    public byte @Nullable [] find(int table, int index, long key) {
        return lookup(table, index, key).next();
    }

    @Override
    public Walk lookup(int table, int index, byte[] key) {
        Rows rows = tables.get(table);
        return walk(rows.rows.stream().filter(rows.equal(index, key)).toList());
    }

    @Override
    public Walk lookup(int table, int index, long key) {
        return lookup(table, index, tables.get(table).key(index, key));
    }

    @Override
    public Walk range(int table, int index, KeyRange range) {
        Rows rows = tables.get(table);
        RowKey key = rows.keys.get(index);
        return walk(rows.rows.stream()
                .filter(rows.within(index, range))
                .sorted((a, b) -> key.compare(a, key, b))
                .toList());
    }

    private static Walk walk(List<byte[]> rows) {
        Iterator<byte[]> walk = List.copyOf(rows).iterator();
        return () -> walk.hasNext() ? walk.next() : null;
    }

    /** One table. */
    private static final class Rows {
        private final TableDescriptor table;
        private final RowLayout layout;
        private final List<RowKey> keys;
        private final List<byte[]> rows = new ArrayList<>();
        private long lastNumber;

        Rows(TableDescriptor table) {
            this.table = table;
            layout = RowLayout.of(table.rowType());
            keys = table.indexes().stream()
                    .map(index -> new RowKey(layout, index.columnArray()))
                    .toList();
        }

        byte[] insert(byte[] row) {
            byte[] stored = numbered(row);
            layout.validate(stored);
            requireUnique(stored, rows);
            rows.add(stored);
            return stored;
        }

        byte[] replace(byte[] old, byte[] row) {
            layout.validate(row);
            List<byte[]> others = new ArrayList<>(rows);
            others.remove(old);
            requireUnique(row, others);
            rows.set(rows.indexOf(old), row);
            return row;
        }

        byte @Nullable [] withPrimaryKeyOf(byte[] row) {
            RowKey key = keys.get(table.primaryKey().indexId());
            return rows.stream()
                    .filter(other -> key.compare(other, key, row) == 0)
                    .findFirst()
                    .orElse(null);
        }

        long delete(Predicate<byte[]> which) {
            long before = rows.size();
            rows.removeIf(which);
            return before - rows.size();
        }

        Predicate<byte[]> equal(int index, byte[] wanted) {
            RowKey key = keys.get(index);
            return row -> key.compare(row, key.keyRowKey(), wanted) == 0;
        }

        Predicate<byte[]> within(int index, KeyRange range) {
            RowKey key = keys.get(index);
            RowKey ends = key.keyRowKey();
            byte[] lower = range.lower();
            byte[] upper = range.upper();
            return row -> {
                int low = lower == null ? 1 : key.comparePrefix(row, ends, lower, range.lowerColumns());
                int high = upper == null ? -1 : key.comparePrefix(row, ends, upper, range.upperColumns());
                return (low > 0 || (low == 0 && range.lowerInclusive()))
                        && (high < 0 || (high == 0 && range.upperInclusive()));
            };
        }

        /** A number as the bytes of its column, of whatever width. */
        byte[] key(int index, long number) {
            int column = table.indexes().get(index).columns().getFirst();
            int width = table.columns().get(column).type().fixedWidth();
            return Arrays.copyOf(new BsatnWriter().putLong(number).toByteArray(), width);
        }

        private byte[] numbered(byte[] row) {
            @Nullable Object[] values = new Object[table.columns().size()];
            boolean altered = false;
            for (int i = 0; i < values.length; i++) {
                values[i] = layout.get(row, i);
                if (table.columns().get(i).autoIncrement() && ((Number) values[i]).longValue() == 0) {
                    values[i] = ++lastNumber;
                    altered = true;
                }
            }
            return altered ? layout.encode(values) : row;
        }

        private void requireUnique(byte[] row, List<byte[]> others) {
            for (IndexDefinition index : table.indexes()) {
                RowKey key = keys.get(index.indexId());
                boolean taken = index.unique()
                        && !key.hasNull(row)
                        && others.stream().anyMatch(other -> key.compare(other, key, row) == 0);
                if (taken) {
                    throw new CodedException(ErrorCode.UNIQUE_VIOLATION, "this key is there").with("key", index.name());
                }
            }
        }
    }
}
