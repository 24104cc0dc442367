package dev.merapi.query.dataflow.operator;

import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueForms;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The row that stands for rows that are equal in SQL's sense but may look different (1.0 and 1.00): of those that are
 * there, the one whose look comes first. So it depends on the rows that are there and not on which of them came first,
 * and nothing is shown that has gone.
 */
final class Representative {
    private Row row;
    /** How often each look is there, if there may be several. */
    private final @Nullable TreeMap<Row, Integer> looks;

    /**
     * Starts with no rows.
     *
     * @param first the row to stand for all until others are added
     * @param several whether equal rows may look different
     */
    Representative(Row first, boolean several) {
        this.row = first;
        this.looks = several ? new TreeMap<>(Representative::compare) : null;
    }

    private static int compare(Row left, Row right) {
        int sign = 0;
        for (int i = 0; sign == 0 && i < left.size(); i++) {
            sign = ValueForms.compare(left.get(i), right.get(i));
        }
        return sign;
    }

    /** Adds a row so many times, or takes it out when negative. */
    void add(Row equal, int weight) {
        if (looks != null) {
            looks.merge(equal, weight, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** The row for those that are there; the last one if none is. */
    Row row() {
        if (looks != null) {
            // Weights below 0 are on their way to 0: the change that brings them there is part of the same commit.
            for (Map.Entry<Row, Integer> look : looks.entrySet()) {
                if (look.getValue() > 0) {
                    row = look.getKey();
                    break;
                }
            }
        }
        return row;
    }
}
