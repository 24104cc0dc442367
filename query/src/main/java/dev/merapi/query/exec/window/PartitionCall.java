package dev.merapi.query.exec.window;

import org.jspecify.annotations.Nullable;

/** One call at work in one partition; asked for row after row in the window's order. */
interface PartitionCall {
    @Nullable
    Object valueAt(int position);
}
