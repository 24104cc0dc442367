package dev.merapi.benchmarks.query;

import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The queries as somebody would write them in Java who knows the tables: over the same bytes, without a plan, and
 * giving the same bytes.
 */
final class HandWritten {
    private static final int USER_ID = 1;
    private static final int AMOUNT = 2;
    private static final int SENT = 3;
    private static final int NAME = 1;
    private static final int CITY = 2;

    private HandWritten() {}

    /** The columns id, user_id and amount of the messages of some users. */
    static List<byte[]> filter(MessageTables tables, int users) {
        TableReader messages = tables.table("messages");
        RowLayout layout = messages.layout();
        List<byte[]> rows = new ArrayList<>();
        for (RowCursor cursor = messages.scan(); cursor.next(); ) {
            byte[] row = cursor.row();
            if (layout.getLong(row, USER_ID) <= users) {
                BsatnWriter out = new BsatnWriter(12);
                out.putInt((int) layout.getLong(row, 0));
                out.putInt((int) layout.getLong(row, USER_ID));
                out.putInt((int) layout.getLong(row, AMOUNT));
                rows.add(out.toByteArray());
            }
        }
        return rows;
    }

    /** The ids of messages with the names of their users, for users of one city. */
    static List<byte[]> join(MessageTables tables, int city) {
        TableReader users = tables.table("users");
        RowLayout userLayout = users.layout();
        Map<Integer, byte[]> names = new HashMap<>();
        for (RowCursor cursor = users.scan(); cursor.next(); ) {
            byte[] row = cursor.row();
            if (userLayout.getLong(row, CITY) == city) {
                String name = userLayout.getText(row, NAME);
                names.put((int) userLayout.getLong(row, 0), name.getBytes(StandardCharsets.UTF_8));
            }
        }
        TableReader messages = tables.table("messages");
        RowLayout layout = messages.layout();
        List<byte[]> rows = new ArrayList<>();
        for (RowCursor cursor = messages.scan(); cursor.next(); ) {
            byte[] row = cursor.row();
            byte[] name = names.get((int) layout.getLong(row, USER_ID));
            if (name != null) {
                BsatnWriter out = new BsatnWriter(8 + name.length);
                out.putInt((int) layout.getLong(row, 0)).putBytes(name);
                rows.add(out.toByteArray());
            }
        }
        return rows;
    }

    private static final class City {
        private long count;
        private long sum;
    }

    /** Cities with the number of messages of their users and the sum of the amounts. */
    static List<byte[]> group(MessageTables tables) {
        TableReader users = tables.table("users");
        RowLayout userLayout = users.layout();
        Map<Integer, City> cities = new HashMap<>();
        Map<Integer, City> byUser = new HashMap<>();
        for (RowCursor cursor = users.scan(); cursor.next(); ) {
            int city = (int) userLayout.getLong(cursor.row(), CITY);
            byUser.put((int) userLayout.getLong(cursor.row(), 0), cities.computeIfAbsent(city, none -> new City()));
        }
        TableReader messages = tables.table("messages");
        RowLayout layout = messages.layout();
        for (RowCursor cursor = messages.scan(); cursor.next(); ) {
            byte[] row = cursor.row();
            City city = byUser.get((int) layout.getLong(row, USER_ID));
            if (city != null) {
                city.count++;
                city.sum += layout.getLong(row, AMOUNT);
            }
        }
        List<byte[]> rows = new ArrayList<>();
        cities.forEach((number, city) -> rows.add(new BsatnWriter(21)
                .putInt(number)
                .putLong(city.count)
                .putByte(0)
                .putLong(city.sum)
                .toByteArray()));
        return rows;
    }

    /** The ids of the messages that were sent last, and when that was. */
    static List<byte[]> latest(MessageTables tables, int count) {
        TableReader messages = tables.table("messages");
        RowLayout layout = messages.layout();
        Comparator<byte[]> bySent = Comparator.comparingLong(row -> layout.getLong(row, SENT));
        PriorityQueue<byte[]> latest = new PriorityQueue<>(count + 1, bySent);
        for (RowCursor cursor = messages.scan(); cursor.next(); ) {
            byte[] row = cursor.row();
            if (latest.size() < count || bySent.compare(row, latest.element()) > 0) {
                latest.add(row);
                if (latest.size() > count) {
                    latest.remove();
                }
            }
        }
        List<byte[]> sorted = new ArrayList<>(latest);
        sorted.sort(bySent.reversed());
        List<byte[]> rows = new ArrayList<>();
        for (byte[] row : sorted) {
            BsatnWriter out = new BsatnWriter(12);
            rows.add(out.putInt((int) layout.getLong(row, 0))
                    .putLong(layout.getLong(row, SENT))
                    .toByteArray());
        }
        return rows;
    }

    /** One message by its primary key. */
    static List<byte[]> byKey(TableReader messages, int id) {
        long rowId = messages.findId(messages.schema().indexes().getFirst().indexId(), id);
        byte[] row = messages.row(rowId);
        return row == null ? List.of() : List.of(row);
    }
}
