package dev.merapi.query.live;

import dev.merapi.query.LiveExplainer;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.query.system.LiveDescription.Arrangement;
import dev.merapi.query.system.LiveDescription.Template;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers EXPLAIN LIVE: which way a query is kept up to date, and what that takes. Safe for any thread. */
public final class LivePlans implements LiveExplainer {
    /** Explains for any database. */
    public LivePlans() {}

    @Override
    @SuppressWarnings("exports") // Called in this module alone.
    public List<String> explain(BoundQuery query, ReadView view, @Nullable LiveDescription live) {
        LiveCompiler.Compiled compiled = LiveCompiler.compiled(query);
        List<String> lines = new ArrayList<>(compiled.explain(view));
        if (live != null) {
            Optional<Template> running = live.templates().rows().stream()
                    .filter(template -> template.digest().equals(compiled.digest()))
                    .findFirst();
            if (running.isPresent()) {
                addRunning(running.get(), live, lines);
            } else {
                lines.add("Not running");
            }
        }
        return lines;
    }

    private static void addRunning(Template template, LiveDescription live, List<String> lines) {
        lines.add("Running: " + counted(template.results(), "result") + ", "
                + counted(template.subscribers(), "subscriber") + ", " + held(template.rows(), template.bytes()) + ", "
                + counted(template.evaluations(), "evaluation"));
        if (!template.reason().isEmpty()) {
            lines.add("  Run again, because: " + template.reason());
        }
        for (Arrangement part : live.arrangements().rows()) {
            if (part.templateId() == template.id()) {
                lines.add("  " + part.part() + ": " + held(part.rows(), part.bytes()));
            }
        }
    }

    private static String held(long rows, long bytes) {
        return counted(rows, "row") + " in about " + counted(bytes, "byte");
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
