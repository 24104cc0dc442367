package dev.merapi.cli.output;

/** How results are written. */
public enum ResultFormat {
    /** Aligned columns, for people. */
    TABLE,
    /** One JSON object per row and line. */
    JSON,
    /** Comma-separated values with a header (RFC 4180); NULL is empty, an empty text is {@code ""}. */
    CSV
}
