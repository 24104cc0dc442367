package dev.merapi.query.dataflow.compile;

import dev.merapi.query.exec.scan.ExpressionText;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexNode;

/** What a stage does, for people. */
final class DetailText {
    private final List<String> names;
    private final ExpressionText expressions;

    /** Makes a printer for details that speak of columns of these names. */
    DetailText(List<String> names) {
        this.names = names;
        this.expressions = new ExpressionText(names);
    }

    /** Words are followed by what they introduce; without words it is a list. */
    String of(List<?> details) {
        boolean words = details.getFirst() instanceof String && details.stream().anyMatch(List.class::isInstance);
        return details.stream().map(this::detail).collect(Collectors.joining(words ? " " : ", "));
    }

    private String detail(Object detail) {
        return switch (detail) {
            case List<?> list ->
                list.isEmpty() ? "()" : list.stream().map(this::detail).collect(Collectors.joining(", "));
            case RexNode node -> expressions.of(node);
            case RelFieldCollation part -> name(part.getFieldIndex()) + (part.direction.isDescending() ? " DESC" : "");
            case AggregateCall call -> call(call);
            default -> String.valueOf(detail);
        };
    }

    private String name(int column) {
        return column < names.size() ? names.get(column) : "column " + column;
    }

    String call(AggregateCall call) {
        String arguments = call.getArgList().stream().map(this::name).collect(Collectors.joining(", "));
        String order = call.getCollation().getFieldCollations().stream()
                .map(this::detail)
                .collect(Collectors.joining(", "));
        return call.getAggregation().getName()
                + (call.isDistinct() ? "(DISTINCT " : "(")
                + arguments
                + (order.isEmpty() ? ")" : " ORDER BY " + order + ")")
                + (call.filterArg < 0 ? "" : " FILTER " + name(call.filterArg));
    }
}
