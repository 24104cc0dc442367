package dev.merapi.store.log;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.Caller;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SchemaChange.RowRewrite;
import dev.merapi.store.log.format.CommitCodec;
import dev.merapi.store.log.format.CommitEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommitCodecPropertyTest {
    @Test
    void commits_of_a_group_come_back_as_they_were() {
        property().runs(300).explore(draw -> {
            TreeMap<Integer, TableSchema> tables = new TreeMap<>();
            List<Commit> commits = new ArrayList<>();
            int size = draw.intBetween(1, 8);
            for (int i = 0; i < size; i++) {
                commits.add(Commits.random(draw, 10 + i, tables));
            }

            assertThat(decode(encode(commits), Catalog.EMPTY, 10)).isEqualTo(commits);
        });
    }

    @Test
    void changed_bytes_decode_to_something_or_are_refused_but_never_run_wild() {
        property().runs(2000).explore(draw -> {
            List<Commit> commits = new ArrayList<>();
            commits.add(Commits.createNotes());
            commits.add(Commits.insert(2));
            byte[] bytes = encode(commits);
            int changes = draw.intBetween(1, 4);
            for (int i = 0; i < changes; i++) {
                bytes[draw.intBetween(0, bytes.length - 1)] = (byte) draw.intBetween(-128, 127);
            }
            try {
                decode(bytes, Catalog.EMPTY, 1);
            } catch (CodedException e) {
                assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL);
            }
        });
    }

    @Test
    void every_kind_of_schema_change_comes_back_as_it_was() {
        List<SchemaChange> changes = List.of(
                new SchemaChange.SchemaCreated("ä schema"),
                new SchemaChange.TableCreated(Commits.table(1, "a")),
                new SchemaChange.TableAltered(Commits.table(1, "b"), RowRewrite.NONE),
                new SchemaChange.TableAltered(Commits.table(1, "c"), new RowRewrite.CutColumn(300)),
                new SchemaChange.SchemaDropped("ä schema"),
                new SchemaChange.TableDropped(1));
        Commit commit = new Commit(1, -5, Caller.SYSTEM, "ddl", changes, List.of(), List.of());

        assertThat(decode(encode(List.of(commit)), Catalog.EMPTY, 1)).containsExactly(commit);
    }

    @Test
    void the_value_of_an_added_column_comes_back_as_it_was() {
        RowRewrite rewrite = new RowRewrite.AppendColumn(new byte[] {0, 1, 2});
        List<SchemaChange> changes = List.of(
                new SchemaChange.TableCreated(Commits.table(1, "a")),
                new SchemaChange.TableAltered(Commits.table(1, "b"), rewrite));
        Commit commit = new Commit(1, 0, Caller.SYSTEM, "ddl", changes, List.of(), List.of());

        Commit decoded = decode(encode(List.of(commit)), Catalog.EMPTY, 1).getFirst();

        var altered = (SchemaChange.TableAltered) decoded.schemaChanges().getLast();
        assertThat(((RowRewrite.AppendColumn) altered.rewrite()).encoded()).containsExactly(0, 1, 2);
    }

    @Test
    void a_caller_is_written_once_per_group_however_long_its_claims() {
        Caller caller = new Caller("ann", Map.of("token", "x".repeat(500)));
        List<Commit> commits = new ArrayList<>();
        for (int offset = 1; offset <= 100; offset++) {
            Caller equal = new Caller("ann", Map.of("token", "x".repeat(500)));
            commits.add(
                    new Commit(offset, 0, offset % 2 == 0 ? caller : equal, "sql", List.of(), List.of(), List.of()));
        }

        byte[] bytes = encode(commits);

        assertThat(bytes.length).isLessThan(1200);
        assertThat(decode(bytes, Catalog.EMPTY, 1)).isEqualTo(commits);
    }

    @Test
    void text_that_utf8_cannot_express_does_not_stop_a_commit() {
        Commit commit = new Commit(1, 0, new Caller("\ud800", Map.of()), "\udc00", List.of(), List.of(), List.of());

        Commit decoded = decode(encode(List.of(commit)), Catalog.EMPTY, 1).getFirst();

        assertThat(decoded.caller().identity()).isEqualTo("?");
        assertThat(decoded.cause()).isEqualTo("?");
    }

    @Test
    void a_row_of_a_table_that_does_not_exist_is_refused() {
        byte[] bytes = encode(List.of(Commits.insert(1)));

        assertThatThrownBy(() -> decode(bytes, Catalog.EMPTY, 1)).isInstanceOf(CodedException.class);
    }

    private static byte[] encode(List<Commit> commits) {
        BsatnWriter out = new BsatnWriter();
        CommitEncoder encoder = new CommitEncoder();
        encoder.startGroup();
        commits.forEach(commit -> encoder.write(out, commit));
        return out.toByteArray();
    }

    private static List<Commit> decode(byte[] bytes, Catalog catalog, long firstOffset) {
        CommitCodec.Decoder decoder = new CommitCodec.Decoder(bytes, 0, bytes.length, catalog, firstOffset);
        List<Commit> commits = new ArrayList<>();
        while (decoder.hasNext()) {
            commits.add(decoder.next());
        }
        return commits;
    }
}
