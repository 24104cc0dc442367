package dev.merapi.query.dataflow.compile;

/** A query that circuits do not maintain; the message says because of what. */
public final class UnsupportedQuery extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedQuery(String reason) {
        super(reason, null, false, false);
    }

    /** What it is that cannot be maintained. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
