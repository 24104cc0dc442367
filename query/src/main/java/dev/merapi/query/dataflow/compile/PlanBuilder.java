package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the stages of a plan. What is the same is made once: equal details over equal inputs share a stage. */
final class PlanBuilder {
    /** What a stage does, in a form that can be compared. */
    record Doing(String operator, List<Integer> inputs, List<?> details) {
        String text() {
            String over = inputs.isEmpty()
                    ? ""
                    : inputs.stream().map(input -> "#" + input).collect(Collectors.joining(", ", " of ", ""));
            String what = details.isEmpty()
                    ? ""
                    : details.stream().map(String::valueOf).collect(Collectors.joining(", ", ": ", ""));
            return operator + over + what;
        }
    }

    private record ArrangedBy(int stage, List<?> details) {}

    private final List<Plan.Stage> stages = new ArrayList<>();
    private final List<Plan.Arranged> arrangements = new ArrayList<>();
    private final Map<Doing, Integer> known = new HashMap<>();
    private final Map<ArrangedBy, Integer> knownArrangements = new HashMap<>();

    /** The number of the stage that does something. */
    int stage(Doing doing, Plan.Maker maker) {
        return known.computeIfAbsent(doing, none -> {
            stages.add(new Plan.Stage(doing.text(), doing.inputs(), maker));
            return stages.size() - 1;
        });
    }

    /** The number of the arrangement of a stage by a key; {@code details} say by what, in a form to be compared. */
    int arrangement(int stage, Key key, List<?> details) {
        return knownArrangements.computeIfAbsent(new ArrangedBy(stage, details), none -> {
            String by = details.stream().map(String::valueOf).collect(Collectors.joining(", "));
            arrangements.add(new Plan.Arranged(stage, key, "#" + stage + " by (" + by + ")"));
            return arrangements.size() - 1;
        });
    }

    Plan build(Map<Integer, Integer> tables, int parameters, Plan.Output output) {
        return new Plan(stages, arrangements, tables, parameters, output);
    }
}
