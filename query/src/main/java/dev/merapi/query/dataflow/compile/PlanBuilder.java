package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the stages of a plan. What is the same is made once: equal details over equal inputs share a stage. */
final class PlanBuilder {
    /**
     * What a stage does, in a form that can be compared.
     *
     * @param tags how many columns of each input are its tag, where the details do not say so
     */
    record Doing(String operator, List<Integer> inputs, List<?> details, List<Integer> tags) {
        Doing(String operator, List<Integer> inputs, List<?> details) {
            this(operator, inputs, details, List.of());
        }

        static Doing of(String operator, List<Flow> inputs, List<?> details) {
            return new Doing(
                    operator,
                    inputs.stream().map(Flow::stage).toList(),
                    details,
                    inputs.stream().map(Flow::tags).toList());
        }

        String text() {
            String over = inputs.isEmpty()
                    ? ""
                    : inputs.stream().map(input -> "#" + input).collect(Collectors.joining(", ", " of ", ""));
            String what = details.isEmpty() ? "" : ": " + text(details);
            return operator + over + what;
        }

        /** Words are followed by what they introduce; without words it is a list. */
        private static String text(List<?> details) {
            boolean words =
                    details.getFirst() instanceof String && details.stream().anyMatch(List.class::isInstance);
            return details.stream()
                    .map(detail -> detail instanceof List<?> list ? list(list) : String.valueOf(detail))
                    .collect(Collectors.joining(words ? " " : ", "));
        }

        private static String list(List<?> list) {
            return list.isEmpty() ? "()" : list.stream().map(String::valueOf).collect(Collectors.joining(", "));
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
