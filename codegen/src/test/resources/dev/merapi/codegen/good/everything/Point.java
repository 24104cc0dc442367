package everything;

import org.jspecify.annotations.Nullable;

/** A nested record. */
public record Point(int x, int y, @Nullable String label) {}
