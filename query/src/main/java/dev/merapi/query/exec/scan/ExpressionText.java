package dev.merapi.query.exec.scan;

import dev.merapi.query.expr.Constants;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/** Expressions for people: columns by name, operators between their operands. What EXPLAIN shows, nothing to parse. */
public final class ExpressionText {
    /** Longer expressions are cut: a plan is read by people. */
    private static final int MAX_LENGTH = 400;

    private final List<String> columns;

    /** Makes a printer for expressions over a row with columns of these names. */
    public ExpressionText(List<String> columns) {
        this.columns = columns;
    }

    /** An expression as text. */
    public String of(RexNode node) {
        String text = render(node);
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    /** Several expressions, separated by commas. */
    public String of(List<? extends RexNode> nodes) {
        String text = nodes.stream().map(this::of).collect(Collectors.joining(", "));
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    private String render(RexNode node) {
        return switch (node) {
            case RexInputRef input ->
                input.getIndex() < columns.size() ? columns.get(input.getIndex()) : input.getName();
            case RexDynamicParam parameter -> "$" + (parameter.getIndex() + 1);
            case RexFieldAccess access
            when access.getReferenceExpr() instanceof RexCorrelVariable ->
                "outer." + access.getField().getName();
            case RexSubQuery subquery -> "(subquery)";
            case RexCall call -> render(call);
            case RexLiteral literal -> String.valueOf(Constants.value(literal));
            default -> node.toString();
        };
    }

    private String render(RexCall call) {
        List<RexNode> operands = call.getOperands();
        String name = call.getOperator().getName();
        boolean symbol = !name.isEmpty() && !Character.isLetter(name.charAt(0)) && name.charAt(0) != '\'';
        if (operands.isEmpty()) {
            return name;
        }
        if (name.startsWith(".")) {
            return "(" + render(operands.getFirst()) + ")" + name;
        }
        if (name.startsWith("::")) {
            return render(operands.getFirst()) + name;
        }
        if ((operands.size() == 2 && symbol) || call.isA(SqlKind.AND) || call.isA(SqlKind.OR)) {
            return "(" + operands.stream().map(this::render).collect(Collectors.joining(" " + name + " ")) + ")";
        }
        if (operands.size() == 1 && name.startsWith("IS ")) {
            return render(operands.getFirst()) + " " + name;
        }
        return name + "(" + operands.stream().map(this::render).collect(Collectors.joining(", ")) + ")";
    }
}
