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
     * @param unsaid what else tells it from others, such as how many columns of each input are its tag
     */
    record Doing(String operator, List<Integer> inputs, List<?> details, List<Integer> unsaid) {
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

        private String text(List<String> names) {
            String over = inputs.isEmpty()
                    ? ""
                    : inputs.stream().map(input -> "#" + input).collect(Collectors.joining(", ", " of ", ""));
            return operator + over + (details.isEmpty() ? "" : ": " + new DetailText(names).of(details));
        }
    }

    /**
     * Names of columns, for people.
     *
     * @param read those that the details of a stage speak of
     * @param made those of the stage's rows, the tag included
     */
    record Names(List<String> read, List<String> made) {}

    private record ArrangedBy(int stage, List<?> details) {}

    private final List<Plan.Stage> stages = new ArrayList<>();
    private final List<List<String>> names = new ArrayList<>();
    private final List<Plan.Arranged> arrangements = new ArrayList<>();
    private final Map<Doing, Integer> known = new HashMap<>();
    private final Map<ArrangedBy, Integer> knownArrangements = new HashMap<>();

    /** The number of the stage that does something and leaves the columns of its first input as they are. */
    int stage(Doing doing, Plan.Maker maker) {
        List<String> same =
                doing.inputs().isEmpty() ? List.of() : names(doing.inputs().getFirst());
        return stage(doing, new Names(same, same), maker);
    }

    /** The number of the stage that does something. */
    int stage(Doing doing, Names named, Plan.Maker maker) {
        return known.computeIfAbsent(doing, none -> {
            stages.add(new Plan.Stage(doing.text(named.read()), doing.inputs(), maker));
            names.add(List.copyOf(named.made()));
            return stages.size() - 1;
        });
    }

    /** The names of a stage's columns, the tag included. */
    List<String> names(int stage) {
        return names.get(stage);
    }

    /** The names of a flow's own columns. */
    List<String> names(Flow flow) {
        return names(flow.stage()).subList(flow.tags(), names(flow.stage()).size());
    }

    /** The number of the arrangement of a stage by a key; {@code details} say by what, in a form to be compared. */
    int arrangement(int stage, Key key, List<?> details) {
        return knownArrangements.computeIfAbsent(new ArrangedBy(stage, details), none -> {
            String by = details.isEmpty() ? "" : new DetailText(names(stage)).of(details);
            arrangements.add(new Plan.Arranged(stage, key, by));
            return arrangements.size() - 1;
        });
    }

    Plan build(Map<Integer, List<Integer>> tables, int parameters, Plan.Output output) {
        return new Plan(stages, arrangements, tables, parameters, output);
    }
}
