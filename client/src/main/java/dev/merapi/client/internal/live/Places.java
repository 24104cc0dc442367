package dev.merapi.client.internal.live;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.value.ResultComparator;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of events stand, if their query has an order: the client's own list of all rows. Each change is
 * applied to it one row after the other, as the application is told to do with its list. Not thread-safe.
 */
final class Places {
    /** The place of a row that was not told before: one behind those that {@code lastRows} began with. */
    private static final int UNKNOWN = -1;

    /** Null while rows have no place, or those before are not known. */
    private @Nullable OrderedRows rows;

    /** All rows are told anew. */
    void begin(Columns columns, ResultOrder order) {
        rows = order.isPresent()
                ? new OrderedRows(new ResultComparator(columns.layout().type(), order))
                : null;
    }

    void load(Row[] initial) {
        OrderedRows known = rows;
        if (known != null) {
            for (Row row : initial) {
                known.add(row);
            }
        }
    }

    /** The places of rows that have gone, each in the list without those before it. */
    List<Integer> remove(List<Row> gone) {
        OrderedRows known = rows;
        if (known == null) {
            return List.of();
        }
        List<Integer> places = new ArrayList<>(gone.size());
        for (Row row : gone) {
            places.add(remove(known, row));
        }
        return places;
    }

    /** The places of rows that have come, each in the list with those before it. */
    List<Integer> add(List<Row> come) {
        OrderedRows known = rows;
        if (known == null) {
            return List.of();
        }
        List<Integer> places = new ArrayList<>(come.size());
        for (Row row : come) {
            places.add(known.add(row));
        }
        return places;
    }

    /** The places of rows from which and to which they have moved, one row after the other. */
    Moves move(List<Row> from, List<Row> to) {
        OrderedRows known = rows;
        if (known == null) {
            return Moves.NONE;
        }
        List<Integer> old = new ArrayList<>(from.size());
        List<Integer> now = new ArrayList<>(to.size());
        for (int i = 0; i < from.size(); i++) {
            old.add(remove(known, from.get(i)));
            now.add(known.add(to.get(i)));
        }
        return new Moves(old, now);
    }

    private static int remove(OrderedRows known, Row row) {
        int index = known.indexOf(row.bytes());
        if (index < 0) {
            return UNKNOWN;
        }
        known.removeAt(index);
        return index;
    }

    /** @param from and {@code to}: one each per row */
    record Moves(List<Integer> from, List<Integer> to) {
        static final Moves NONE = new Moves(Collections.emptyList(), Collections.emptyList());
    }
}
