package dev.merapi.query.exec.window;

import dev.merapi.query.expr.row.Row;
import java.util.Comparator;
import java.util.List;

/** The rows of one partition in the window's order, with the groups of rows that the order does not tell apart. */
final class Partition {
    private final List<Row> rows;
    /** For each row the number of its group, and for each group its first row; one more at the end. */
    private final int[] groupOf;

    private final int[] groupStarts;

    Partition(List<Row> rows, Comparator<Row> order) {
        this.rows = rows;
        groupOf = new int[rows.size()];
        int groups = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0 && order.compare(rows.get(i - 1), rows.get(i)) != 0) {
                groups++;
            }
            groupOf[i] = groups;
        }
        int count = rows.isEmpty() ? 0 : groups + 1;
        groupStarts = new int[count + 1];
        groupStarts[count] = rows.size();
        for (int i = rows.size() - 1; i >= 0; i--) {
            groupStarts[groupOf[i]] = i;
        }
    }

    int size() {
        return rows.size();
    }

    Row row(int position) {
        return rows.get(position);
    }

    int groupOf(int position) {
        return groupOf[position];
    }

    int groups() {
        return groupStarts.length - 1;
    }

    /** The first row of a group; the end of the partition for groups behind the last, its start for those before. */
    int groupStart(long group) {
        return groupStarts[(int) Math.max(0, Math.min(group, groups()))];
    }
}
