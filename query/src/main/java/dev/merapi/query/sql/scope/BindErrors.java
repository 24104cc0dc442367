package dev.merapi.query.sql.scope;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Name;

/** Refusals of the binder. Offsets of the tree count from 0, positions in errors from 1. */
public final class BindErrors {
    private BindErrors() {}

    public static CodedException at(int offset, ErrorCode code, String text) {
        return new CodedException(code, text).at(offset + 1);
    }

    public static CodedException at(Name name, ErrorCode code, String text) {
        return at(name.position(), code, text);
    }

    public static CodedException unsupported(int offset, String feature, String hint) {
        return at(offset, ErrorCode.UNSUPPORTED_SQL, "not supported")
                .with("feature", feature)
                .hint(hint);
    }
}
