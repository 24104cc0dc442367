package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The held side of a hash join, by key. Rows whose key contains a NULL are held only to be given as unmatched. */
final class HashTable implements Partners {
    /** A held row; those of one key form a chain in the order they came. */
    private static final class Entry {
        private final Row row;
        private @Nullable Entry next;
        private boolean matched;

        Entry(Row row) {
            this.row = row;
        }
    }

    /** First and last entry of a chain. */
    private static final class Chain {
        private final Entry first;
        private Entry last;

        Chain(Entry only) {
            first = only;
            last = only;
        }
    }

    private final JoinKeys keys;
    private final EvalContext eval;
    private final Map<Object, Chain> chains = new HashMap<>();
    /** All entries, where unmatched ones will be asked for. */
    private final List<Entry> entries = new ArrayList<>();

    private @Nullable Entry candidate;
    private @Nullable Entry given;
    private int unmatched;

    /** Reads and holds all rows. */
    HashTable(RowSource rows, JoinKeys keys, boolean wantsUnmatched, QueryContext context) {
        this.keys = keys;
        this.eval = context.eval();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            eval.tick();
            Object key = keys.held().key(row, eval);
            if (key == null && !wantsUnmatched) {
                continue;
            }
            context.hold(1);
            Entry entry = new Entry(row.keep());
            if (wantsUnmatched) {
                entries.add(entry);
            }
            if (key != null) {
                append(key, entry);
            }
        }
    }

    private void append(Object key, Entry entry) {
        Chain chain = chains.get(key);
        if (chain == null) {
            chains.put(key, new Chain(entry));
        } else {
            chain.last.next = entry;
            chain.last = entry;
        }
    }

    @Override
    public void find(Row left) {
        Object key = keys.probe().key(left, eval);
        Chain chain = key == null ? null : chains.get(key);
        candidate = chain == null ? null : chain.first;
    }

    @Override
    public @Nullable Row next() {
        given = candidate;
        if (given == null) {
            return null;
        }
        candidate = given.next;
        return given.row;
    }

    @Override
    public void matched() {
        if (given != null) {
            given.matched = true;
        }
    }

    @Override
    public @Nullable Row nextUnmatched() {
        while (unmatched < entries.size()) {
            Entry entry = entries.get(unmatched++);
            if (!entry.matched) {
                return entry.row;
            }
        }
        return null;
    }
}
