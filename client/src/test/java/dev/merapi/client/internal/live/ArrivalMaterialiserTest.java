package dev.merapi.client.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.client.internal.live.Materialiser.Outcome;
import dev.merapi.client.internal.live.Materialiser.Window;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.wire.RowChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows are written {@code id:body}. A step is {@code +row} for an insert, {@code -row} for a delete, {@code old>new}
 * for an update; steps separated by {@code ;} are commits, those within one commit are separated by blanks.
 */
final class ArrivalMaterialiserTest {
    private static final Columns COLUMNS =
            Columns.of(RowType.of(Column.required("id", ScalarType.I64), Column.required("body", ScalarType.TEXT)));
    private static final int[] BY_ID = {0};
    private static final int[] BY_ALL = {};

    @ParameterizedTest(name = "{0} then {1} gives {2}")
    @CsvSource({
        // inserts go to the end
        "'',            '+1:a +2:b',                 '1:a 2:b'",
        "1:a,           '+2:b',                      '1:a 2:b'",
        // updates keep the place
        "1:a 2:b 3:c,   '1:a>1:z',                   '1:z 2:b 3:c'",
        "1:a 2:b 3:c,   '2:b>2:z ; 2:z>2:y',         '1:a 2:y 3:c'",
        // deletes
        "1:a 2:b 3:c,   '-2:b',                      '1:a 3:c'",
        "1:a 2:b 3:c,   '-1:a -2:b -3:c',            ''",
        "1:a,           '-1:a ; +1:b',               '1:b'",
        // a row that leaves and comes again stands at the end
        "1:a 2:b,       '-1:a ; +1:a',               '2:b 1:a'",
        // a key that is known takes the place of the row that is there
        "1:a 2:b,       '+1:z',                      '1:z 2:b'",
        "1:a 1:b 2:c,   '',                          '1:b 2:c'",
        // the key itself changes
        "1:a 2:b,       '1:a>7:a',                   '7:a 2:b'",
        "1:a 2:b,       '1:a>7:a ; 7:a>7:z',         '7:z 2:b'",
        // two rows exchange their keys in one commit
        "1:a 2:b 3:c,   '1:a>2:a 2:b>1:b',           '2:a 1:b 3:c'",
        "1:a 2:b 3:c,   '1:a>2:a 2:b>3:b 3:c>1:c',   '2:a 3:b 1:c'",
        // a key moves to a new row in one commit
        "1:a 2:b,       '-1:a 2:b>1:b',              '1:b'",
        "1:a 2:b,       '1:a>3:a +1:z',              '3:a 2:b 1:z'",
    })
    void rows_with_a_key(String initial, String commits, String expected) {
        Materialiser rows = loaded(Window.ALL, BY_ID, false, initial);

        Outcome outcome = apply(rows, commits);

        assertThat(shown(rows)).isEqualTo(words(expected));
        assertThat(outcome).isNotEqualTo(Outcome.CONTRADICTION);
    }

    @ParameterizedTest(name = "{0} then {1} gives {2}")
    @CsvSource({
        "1:a 1:a,       '',                          '1:a 1:a'",
        "1:a 1:a,       '-1:a',                      '1:a'",
        "1:a 1:a,       '-1:a -1:a',                 ''",
        "1:a 2:b 1:a,   '1:a>3:c 1:a>3:c',           '3:c 2:b 3:c'",
        "1:a,           '+1:a +1:a',                 '1:a 1:a 1:a'",
        "1:a 2:b,       '1:a>2:b',                   '2:b 2:b'",
    })
    void rows_without_a_key_are_a_multiset(String initial, String commits, String expected) {
        Materialiser rows = loaded(Window.ALL, BY_ALL, false, initial);

        Outcome outcome = apply(rows, commits);

        assertThat(shown(rows)).hasSameElementsAs(words(expected)).hasSameSizeAs(words(expected));
        assertThat(outcome).isNotEqualTo(Outcome.CONTRADICTION);
    }

    @ParameterizedTest(name = "{0} then {1}")
    @CsvSource({"1:a, '-2:b'", "1:a, '2:b>2:c'", "'', '-1:a'"})
    void a_change_of_a_row_that_is_not_there_is_a_contradiction(String initial, String commits) {
        assertThat(apply(loaded(Window.ALL, BY_ID, false, initial), commits)).isEqualTo(Outcome.CONTRADICTION);
        assertThat(apply(loaded(Window.ALL, BY_ALL, false, initial), commits)).isEqualTo(Outcome.CONTRADICTION);
    }

    @Test
    void no_changes_leave_the_list_as_it_was() {
        assertThat(loaded(Window.ALL, BY_ID, false, "1:a").apply(List.of())).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void with_a_declared_key_the_latest_row_of_each_key_is_shown() {
        Materialiser latest = loaded(Window.ALL, new int[] {1}, true, "1:oslo 2:rome 3:oslo");
        assertThat(shown(latest)).containsExactly("3:oslo", "2:rome");

        // The row that had been replaced is deleted: the one that replaced it stays.
        apply(latest, "-1:oslo");
        assertThat(shown(latest)).containsExactly("3:oslo", "2:rome");

        apply(latest, "-3:oslo");
        assertThat(shown(latest)).containsExactly("2:rome");
    }

    @Test
    void a_limit_shows_the_newest_rows_and_fills_up_after_deletes() {
        Materialiser rows = loaded(limit(2), BY_ID, false, "1:a 2:b 3:c 4:d");
        assertThat(shown(rows)).containsExactly("3:c", "4:d");

        apply(rows, "-3:c");
        assertThat(shown(rows)).containsExactly("2:b", "4:d");

        apply(rows, "-4:d ; +5:e");
        assertThat(shown(rows)).containsExactly("2:b", "5:e");
        assertThat(rows.wantsReload()).isFalse();
    }

    @Test
    void an_update_of_a_row_beyond_the_limit_does_not_bring_it_back() {
        Materialiser rows = loaded(limit(1), BY_ID, false, "1:a 2:b");
        apply(rows, inserts(3, 60));
        List<String> before = shown(rows);

        apply(rows, "1:a>1:z");

        assertThat(shown(rows)).isEqualTo(before).containsExactly("60:x");
    }

    @Test
    void a_limit_bounds_what_is_kept_and_asks_anew_when_that_runs_out() {
        Materialiser rows = loaded(limit(2), BY_ID, false, "");
        apply(rows, inserts(1, 500));
        assertThat(shown(rows)).containsExactly("499:x", "500:x");

        int deleted = 0;
        for (int id = 500; !rows.wantsReload(); id--) {
            apply(rows, "-" + id + ":x");
            deleted++;
        }

        assertThat(deleted).as("rows kept").isBetween(2, 2 + 2 * 16);
        assertThat(limit(2).rowsToReload()).hasValue(2 + 16);
    }

    @Test
    void a_window_that_began_smaller_than_the_limit_grows_to_it_and_is_not_filled_from_before() {
        Window window = new Window(OptionalInt.of(3), OptionalInt.of(1));
        assertThat(window.rowsToLoad()).hasValue(1);
        Materialiser rows = new ArrivalMaterialiser(COLUMNS, window, BY_ID, false);
        rows.load(encoded("9:z"));
        rows.loaded(window.rowsToLoad(), 1);

        apply(rows, "+10:a");
        assertThat(shown(rows)).containsExactly("9:z", "10:a");

        apply(rows, "-9:z -10:a");
        assertThat(shown(rows)).isEmpty();
        assertThat(rows.wantsReload()).isFalse();
    }

    @Test
    void a_result_smaller_than_what_was_asked_for_is_known_to_be_all() {
        Materialiser rows = new ArrivalMaterialiser(COLUMNS, limit(5), BY_ID, false);
        rows.load(encoded("1:a 2:b"));
        rows.loaded(limit(5).rowsToLoad(), 2);

        apply(rows, "-1:a");

        assertThat(rows.wantsReload()).isFalse();
    }

    @Test
    void with_last_rows_alone_a_change_brings_an_older_row_into_the_list() {
        Materialiser rows =
                new ArrivalMaterialiser(COLUMNS, new Window(OptionalInt.empty(), OptionalInt.of(2)), BY_ID, false);
        rows.load(encoded("8:h 9:i"));
        rows.loaded(OptionalInt.of(2), 2);

        Outcome outcome = apply(rows, "3:c>3:z ; -4:d");

        assertThat(outcome).isEqualTo(Outcome.CHANGED);
        assertThat(shown(rows)).containsExactly("8:h", "9:i", "3:z");
    }

    @Test
    void lists_that_were_handed_out_do_not_change() {
        Materialiser rows = loaded(Window.ALL, BY_ID, false, "1:a 2:b");
        List<Row> before = rows.visible();

        apply(rows, "-1:a ; 2:b>2:z ; +3:c");

        assertThat(before.stream().map(ArrivalMaterialiserTest::text)).containsExactly("1:a", "2:b");
    }

    private static Window limit(int rows) {
        return new Window(OptionalInt.of(rows), OptionalInt.empty());
    }

    private static Materialiser loaded(Window window, int[] key, boolean declared, String rows) {
        Materialiser materialiser = new ArrivalMaterialiser(COLUMNS, window, key, declared);
        List<byte[]> encoded = encoded(rows);
        materialiser.load(encoded);
        materialiser.loaded(window.rowsToLoad(), encoded.size());
        return materialiser;
    }

    private static String inserts(int first, int last) {
        List<String> steps = new ArrayList<>();
        for (int id = first; id <= last; id++) {
            steps.add("+" + id + ":x");
        }
        return String.join(" ; ", steps);
    }

    private static Outcome apply(Materialiser rows, String commits) {
        Outcome last = Outcome.UNCHANGED;
        for (String commit : commits.split(";", -1)) {
            List<RowChange> changes = new ArrayList<>();
            for (String step : words(commit)) {
                int arrow = step.indexOf('>');
                changes.add(
                        arrow > 0
                                ? new RowChange.Update(row(step.substring(0, arrow)), row(step.substring(arrow + 1)))
                                : step.startsWith("+")
                                        ? new RowChange.Insert(row(step.substring(1)))
                                        : new RowChange.Delete(row(step.substring(1))));
            }
            last = rows.apply(changes);
        }
        return last;
    }

    private static List<byte[]> encoded(String rows) {
        return words(rows).stream().map(ArrivalMaterialiserTest::row).collect(Collectors.toList());
    }

    private static byte[] row(String text) {
        int colon = text.indexOf(':');
        return COLUMNS.layout().encode(Long.valueOf(text.substring(0, colon)), text.substring(colon + 1));
    }

    private static List<String> shown(Materialiser rows) {
        return rows.visible().stream().map(ArrivalMaterialiserTest::text).toList();
    }

    private static String text(Row row) {
        return row.getLong(0) + ":" + row.getString(1);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
