package dev.merapi.query.dataflow.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Expressions before they are compiled. */
final class Rex {
    private Rex() {}

    /** The terms of a condition; none for TRUE. */
    static List<RexNode> terms(RexNode condition) {
        List<RexNode> terms = new ArrayList<>();
        split(condition, terms);
        return terms;
    }

    private static void split(RexNode condition, List<RexNode> into) {
        if (condition.getKind() == SqlKind.AND) {
            ((RexCall) condition).getOperands().forEach(operand -> split(operand, into));
        } else if (!condition.isAlwaysTrue()) {
            into.add(condition);
        }
    }

    /** The columns an expression reads. */
    static BitSet columns(RexNode node) {
        BitSet columns = new BitSet();
        RelOptUtil.InputFinder.bits(node).forEach(columns::set);
        return columns;
    }

    static boolean hasQuery(RexNode node) {
        return RexUtil.SubQueryFinder.find(node) != null;
    }

    /** References to columns of these types, from the first on. */
    static List<RexNode> references(List<RelDataType> columns) {
        List<RexNode> references = new ArrayList<>();
        for (RelDataType column : columns) {
            references.add(new RexInputRef(references.size(), column));
        }
        return references;
    }

    /** Whether an expression reads parameters. */
    static boolean readsParameters(RexNode node) {
        boolean[] found = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
                found[0] = true;
                return parameter;
            }
        });
        return found[0];
    }

    /** The fields of enclosing rows that an expression without queries reads. */
    static List<Scope.OuterField> outerFields(RexNode node) {
        List<Scope.OuterField> fields = new ArrayList<>();
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                fields.add(outerField(access));
                return access;
            }
        });
        return fields;
    }

    static Scope.OuterField outerField(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            return new Scope.OuterField(variable.id.getId(), access.getField().getIndex());
        }
        throw new UnsupportedQuery("field of a composite value");
    }

    /** The queries in expressions, not those inside of these. */
    static List<RexSubQuery> queries(List<RexNode> nodes) {
        List<RexSubQuery> queries = new ArrayList<>();
        for (RexNode node : nodes) {
            node.accept(new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery query) {
                    if (!queries.contains(query)) {
                        queries.add(query);
                    }
                    return query;
                }
            });
        }
        return queries;
    }
}
