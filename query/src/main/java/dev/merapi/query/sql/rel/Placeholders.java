package dev.merapi.query.sql.rel;

import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;

/**
 * Stand-ins for calls whose values come from a later node: references to columns far beyond any row. The node that
 * computes the values replaces them by references to its own columns; none is left in a finished tree.
 */
public final class Placeholders {
    /** First index that is no column. */
    public static final int AGGREGATE = 1 << 20;

    public static final int WINDOW = 2 << 20;
    public static final int TABLE = 3 << 20;

    private Placeholders() {}

    public static boolean isAggregate(RexInputRef ref) {
        return ref.getIndex() >= AGGREGATE && ref.getIndex() < WINDOW;
    }

    static boolean isWindow(RexInputRef ref) {
        return ref.getIndex() >= WINDOW && ref.getIndex() < TABLE;
    }

    public static boolean isTable(RexInputRef ref) {
        return ref.getIndex() >= TABLE;
    }

    /** Whether an expression contains a stand-in of any kind. */
    public static boolean containsAny(RexNode node) {
        return contains(node, AGGREGATE);
    }

    /** Whether all stand-ins of an expression are for functions that return rows. */
    public static boolean onlyTables(RexNode node) {
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
    public static boolean contains(RexNode node, int from) {
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
