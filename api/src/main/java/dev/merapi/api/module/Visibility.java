package dev.merapi.api.module;

/** Who can see a table or call a function. */
public enum Visibility {
    /** Functions of the module and privileged callers. */
    PRIVATE,
    /** Every client. */
    PUBLIC
}
