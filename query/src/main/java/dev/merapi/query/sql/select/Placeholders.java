package dev.merapi.query.sql.select;

import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;

/**
 * Stand-ins for calls whose values come from a later node: references to columns far beyond any row. The node that
 * computes the values replaces them by references to its own columns; none is left in a finished tree.
 */
final class Placeholders {
    /** First index that is no column. */
    static final int AGGREGATE = 1 << 20;

    static final int WINDOW = 2 << 20;
    static final int TABLE = 3 << 20;

    private Placeholders() {}

    static boolean isAggregate(RexInputRef ref) {
        return ref.getIndex() >= AGGREGATE && ref.getIndex() < WINDOW;
    }

    static boolean isWindow(RexInputRef ref) {
        return ref.getIndex() >= WINDOW && ref.getIndex() < TABLE;
    }

    static boolean isTable(RexInputRef ref) {
        return ref.getIndex() >= TABLE;
    }

    /** Whether an expression contains a stand-in of any kind. */
    static boolean containsAny(RexNode node) {
        return contains(node, AGGREGATE);
    }

    /** Whether all stand-ins of an expression are for functions that return rows. */
    static boolean onlyTables(RexNode node) {
        boolean[] others = {false};
        node.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef ref) {
                others[0] |= ref.getIndex() >= AGGREGATE && ref.getIndex() < TABLE;
                return super.visitInputRef(ref);
            }
        });
        return !others[0];
    }

    /** Whether an expression contains a stand-in from this kind on. */
    static boolean contains(RexNode node, int from) {
        try {
            node.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitInputRef(RexInputRef ref) {
                    if (ref.getIndex() >= from) {
                        throw Util.FoundOne.NULL;
                    }
                    return super.visitInputRef(ref);
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }
}
