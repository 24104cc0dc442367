package dev.merapi.query.expr.row;

import org.jspecify.annotations.Nullable;

/** Two rows side by side; a side that a join has not found shows NULLs. A view its producer moves on. */
public final class JoinedRow implements Row {
    private final int leftSize;
    private final int rightSize;
    private @Nullable Row left;
    private @Nullable Row right;

    public JoinedRow(int leftSize, int rightSize) {
        this.leftSize = leftSize;
        this.rightSize = rightSize;
    }

    /** Lets this view show two other rows; null for a side without. */
    public JoinedRow of(@Nullable Row newLeft, @Nullable Row newRight) {
        left = newLeft;
        right = newRight;
        return this;
    }

    @Override
    public int size() {
        return leftSize + rightSize;
    }

    @Override
    public @Nullable Object get(int column) {
        if (column < leftSize) {
            return left == null ? null : left.get(column);
        }
        return right == null ? null : right.get(column - leftSize);
    }

    @Override
    public boolean isNull(int column) {
        if (column < leftSize) {
            return left == null || left.isNull(column);
        }
        return right == null || right.isNull(column - leftSize);
    }

    @Override
    public long getLong(int column) {
        return column < leftSize
                ? required(left).getLong(column)
                : required(right).getLong(column - leftSize);
    }

    @Override
    public double getDouble(int column) {
        return column < leftSize
                ? required(left).getDouble(column)
                : required(right).getDouble(column - leftSize);
    }

    @Override
    public boolean getBoolean(int column) {
        return column < leftSize
                ? required(left).getBoolean(column)
                : required(right).getBoolean(column - leftSize);
    }

    private static Row required(@Nullable Row side) {
        if (side == null) {
            throw new IllegalStateException("the column is NULL: its side was not found");
        }
        return side;
    }

    @Override
    public Row keep() {
        return new JoinedRow(leftSize, rightSize)
                .of(left == null ? null : left.keep(), right == null ? null : right.keep());
    }
}
