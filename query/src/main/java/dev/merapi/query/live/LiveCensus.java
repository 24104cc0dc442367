package dev.merapi.query.live;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.dataflow.ArrangementSize;
import dev.merapi.query.live.upkeep.MaintainedCircuit;
import dev.merapi.query.live.upkeep.RepeatedRuns;
import dev.merapi.query.system.LiveDescription.Arrangement;
import dev.merapi.query.system.LiveDescription.Listing;
import dev.merapi.query.system.LiveDescription.Template;
import dev.merapi.query.system.LiveDescription.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what live queries hold, when somebody asks. The memory is estimated from the number of things and their
 * length, by figures for a 64-bit JVM with compressed references; a test holds them against the heap.
 *
 * <p>Owned by the live thread.
 */
public final class LiveCensus {
    /** A template as long as somebody has a result of it. */
    static final class TemplateInUse {
        private final long id;
        /** A {@link TableTemplate} or a {@link DerivedTemplate}. */
        private final Object template;

        int results;

        TemplateInUse(long id, Object template) {
            this.id = id;
            this.template = template;
        }

        long id() {
            return id;
        }

        Object template() {
            return template;
        }
    }

    /** How a result is kept, and what is held for it alone. */
    public record ResultSize(long templateId, Tier tier, long subscribers, long rows, long bytes) {}

    /** The results of one template, added up. */
    private static final class Sum {
        private long subscribers;
        private long rows;
        private long bytes;
        private long runs;

        void add(ResultSize size) {
            subscribers += size.subscribers();
            rows += size.rows();
            bytes += size.bytes();
        }
    }

    private final Collection<TemplateInUse> templates;
    private final Map<TableTemplate, MaintainedTable> tables;
    private final DerivedResults derived;
    private final Map<TemplateInUse, Sum> sums = new HashMap<>();

    LiveCensus(
            Collection<TemplateInUse> templates, Map<TableTemplate, MaintainedTable> tables, DerivedResults derived) {
        this.templates = templates;
        this.tables = tables;
        this.derived = derived;
        tables.values().forEach(table -> table.results().forEach(this::add));
        derived.all().forEach(this::add);
    }

    private void add(LiveResult result) {
        TemplateInUse template = result.template;
        if (template != null) {
            Sum sum = sums.computeIfAbsent(template, none -> new Sum());
            sum.add(size(result));
            if (result instanceof DerivedResult one && one.upkeep() instanceof RepeatedRuns repeated) {
                sum.runs += repeated.evaluations();
            }
        }
    }

    /** How a result is kept. It must not have ended. */
    public ResultSize size(LiveResult result) {
        TemplateInUse template = result.template;
        if (template == null) {
            throw new IllegalStateException("nobody has the result: " + result);
        }
        return switch (result) {
            case TableResult table ->
                new ResultSize(template.id(), Tier.ROWS, result.attachments, 0, footprint(table.query()));
            case DerivedResult one ->
                new ResultSize(
                        template.id(),
                        switch (one.upkeep()) {
                            case MaintainedCircuit circuit -> Tier.CIRCUIT;
                            case RepeatedRuns runs -> Tier.RERUN;
                        },
                        result.attachments,
                        one.resultRows().size(),
                        one.resultRows().bytes()
                                + Footprint.ofDerivedResult(one.query().parameters()));
        };
    }

    private static long footprint(TableQuery query) {
        return Footprint.ofTableResult(query.selections(), query.parameters());
    }

    /** All templates in use; those with the smallest numbers if there are more than so many. */
    public Listing<Template> templates(int limit) {
        List<Template> rows = sorted(limit).stream()
                .map(template -> describe(template, sum(template)))
                .toList();
        return new Listing<>(rows, templates.size());
    }

    private Sum sum(TemplateInUse template) {
        return sums.getOrDefault(template, new Sum());
    }

    private List<TemplateInUse> sorted(int limit) {
        return templates.stream()
                .sorted((left, right) -> Long.compare(left.id(), right.id()))
                .limit(limit)
                .toList();
    }

    private Template describe(TemplateInUse used, Sum sum) {
        return switch (used.template()) {
            case TableTemplate template -> {
                MaintainedTable table = tables.get(template);
                yield describe(
                        used,
                        new Kept(Tier.ROWS, "", List.of(template.table()), table == null ? 0 : table.evaluations()),
                        sum.rows,
                        sum.bytes);
            }
            case DerivedTemplate template -> {
                MaintainedCircuit circuit = derived.circuit(template);
                if (circuit == null) {
                    Kept kept = new Kept(Tier.RERUN, why(template), template.tables(), sum.runs);
                    yield describe(used, kept, sum.rows, sum.bytes);
                }
                long rows = sum.rows;
                long bytes = sum.bytes;
                for (ArrangementSize part : circuit.sizes()) {
                    rows += part.rows();
                    bytes += part.bytes();
                }
                Kept kept = new Kept(Tier.CIRCUIT, "", template.tables(), circuit.evaluations() + sum.runs);
                yield describe(used, kept, rows, bytes);
            }
            default -> throw new IllegalStateException("unknown template " + used.template());
        };
    }

    private static String why(DerivedTemplate template) {
        return template.circuit() == null ? template.why() : "its circuit failed, or would hold too much";
    }

    private record Kept(Tier tier, String reason, List<TableSchema> tables, long evaluations) {}

    private Template describe(TemplateInUse used, Kept kept, long rows, long bytes) {
        return new Template(
                used.id(),
                kept.tier(),
                kept.reason(),
                used.template().toString(),
                kept.tables().stream().map(table -> table.name().toString()).toList(),
                used.results,
                sum(used).subscribers,
                rows,
                bytes,
                kept.evaluations());
    }

    /** What is held to be found quickly, template by template. */
    public Listing<Arrangement> arrangements(int limit) {
        List<Arrangement> all = new ArrayList<>();
        long total = 0;
        for (TemplateInUse used : sorted(Integer.MAX_VALUE)) {
            List<Arrangement> parts = switch (used.template()) {
                case TableTemplate template -> List.of(parameters(used, template));
                case DerivedTemplate template -> parts(used, template);
                default -> List.of();
            };
            total += parts.size();
            for (int i = 0; i < parts.size() && all.size() < limit; i++) {
                all.add(parts.get(i));
            }
        }
        return new Listing<>(all, total);
    }

    /** The relation in which changed rows find those who want them. */
    private Arrangement parameters(TemplateInUse used, TableTemplate template) {
        return new Arrangement(used.id(), "Subscribers", null, template.found(), used.results, sum(used).bytes, 1);
    }

    private List<Arrangement> parts(TemplateInUse used, DerivedTemplate template) {
        MaintainedCircuit circuit = derived.circuit(template);
        if (circuit == null) {
            return List.of();
        }
        Map<Integer, String> names = new HashMap<>();
        template.tables()
                .forEach(table -> names.put(table.tableId(), table.name().toString()));
        return circuit.sizes().stream()
                .map(size -> new Arrangement(
                        used.id(), size.name(), name(names, size), size.key(), size.rows(), size.bytes(), size.uses()))
                .toList();
    }

    private static @Nullable String name(Map<Integer, String> names, ArrangementSize size) {
        return size.tableId() == null ? null : names.get(size.tableId());
    }
}
