package dev.merapi.query.system;

import static dev.merapi.api.schema.Column.optional;
import static dev.merapi.api.schema.Column.required;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.api.schema.ScalarType.TIMESTAMPTZ;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.TableName;
import dev.merapi.query.system.LiveDescription.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is kept live, for whom, and what that takes. */
final class LiveTables {
    private static final ArrayType TEXTS = new ArrayType(TEXT);

    private LiveTables() {}

    static List<SystemTable> tables(int firstId) {
        return List.of(
                table(firstId, "live_templates", LiveDescription::templates, LiveTables::row, templateColumns()),
                table(firstId - 1, "live_queries", LiveDescription::results, LiveTables::row, resultColumns()),
                SystemTable.ofLive(
                        firstId - 2,
                        name("live_subscribers"),
                        live -> rows("live_subscribers", live.subscribers(), s -> row(s, live.offset())),
                        subscriberColumns()),
                table(
                        firstId - 3,
                        "live_arrangements",
                        LiveDescription::arrangements,
                        LiveTables::row,
                        arrangementColumns()));
    }

    private static <T> SystemTable table(
            int id,
            String name,
            Function<LiveDescription, Listing<T>> listing,
            Function<T, @Nullable Object[]> row,
            Column... columns) {
        return SystemTable.ofLive(id, name(name), live -> rows(name, listing.apply(live), row), columns);
    }

    private static TableName name(String table) {
        return new TableName(MerapiSchema.SCHEMA, table);
    }

    /** Some of the rows would be taken for all of them: then rather none. */
    private static <T> List<@Nullable Object[]> rows(
            String table, Listing<T> listing, Function<T, @Nullable Object[]> row) {
        if (listing.rows().size() < listing.total()) {
            throw new CodedException(ErrorCode.LIVE_LIMIT, "table about live queries would have too many rows")
                    .with("table", table)
                    .with("rows", listing.total())
                    .with("limit", listing.rows().size())
                    .hint("look into merapi.live_templates, or raise the limit live-table-rows");
        }
        List<@Nullable Object[]> rows = new ArrayList<>(listing.rows().size());
        listing.rows().forEach(entry -> rows.add(row.apply(entry)));
        return rows;
    }

    private static Column[] templateColumns() {
        return new Column[] {
            required("template_id", I64),
            required("tier", TEXT),
            optional("reason", TEXT),
            required("tables", TEXTS),
            required("results", I64),
            required("subscribers", I64),
            required("rows", I64),
            required("bytes", I64),
            required("evaluations", I64),
        };
    }

    private static @Nullable Object[] row(LiveDescription.Template template) {
        return new @Nullable Object[] {
            template.id(),
            template.tier().text(),
            template.reason().isEmpty() ? null : template.reason(),
            template.tables(),
            template.results(),
            template.subscribers(),
            template.rows(),
            template.bytes(),
            template.evaluations()
        };
    }

    private static Column[] resultColumns() {
        return new Column[] {
            required("result_id", I64),
            required("template_id", I64),
            required("tier", TEXT),
            required("sql", TEXT),
            required("parameters", TEXTS),
            required("subscribers", I64),
            required("rows", I64),
            required("bytes", I64),
            required("since", TIMESTAMPTZ),
            optional("last_changed", I64),
        };
    }

    private static @Nullable Object[] row(LiveDescription.Result result) {
        return new @Nullable Object[] {
            result.id(),
            result.templateId(),
            result.tier().text(),
            result.sql(),
            result.parameters(),
            result.subscribers(),
            result.rows(),
            result.bytes(),
            result.since(),
            result.lastChanged()
        };
    }

    private static Column[] subscriberColumns() {
        return new Column[] {
            required("connection_id", I64),
            required("subscription_id", I32),
            required("user_name", TEXT),
            required("role", TEXT),
            required("result_id", I64),
            required("state", TEXT),
            optional("told_offset", I64),
            optional("lag", I64),
            required("queued_bytes", I64),
        };
    }

    private static @Nullable Object[] row(LiveDescription.Subscriber subscriber, long present) {
        Long offset = subscriber.offset();
        return new @Nullable Object[] {
            subscriber.connectionId(),
            subscriber.subscriptionId(),
            subscriber.user(),
            subscriber.role(),
            subscriber.resultId(),
            subscriber.state().text(),
            offset,
            offset == null ? null : Math.max(0, present - offset),
            subscriber.queuedBytes()
        };
    }

    private static Column[] arrangementColumns() {
        return new Column[] {
            required("template_id", I64),
            required("part", TEXT),
            optional("table_name", TEXT),
            required("key", TEXT),
            required("rows", I64),
            required("bytes", I64),
            required("shared_by", I32),
        };
    }

    private static @Nullable Object[] row(LiveDescription.Arrangement arrangement) {
        return new @Nullable Object[] {
            arrangement.templateId(),
            arrangement.part(),
            arrangement.table(),
            arrangement.key(),
            arrangement.rows(),
            arrangement.bytes(),
            arrangement.sharedBy()
        };
    }
}
