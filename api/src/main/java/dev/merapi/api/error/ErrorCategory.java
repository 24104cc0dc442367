package dev.merapi.api.error;

/** What kind of trouble an error is; the category alone tells a program how to react. */
public enum ErrorCategory {
    /** The request is wrong and will be wrong again: correct it. */
    INCORRECT,
    /** The caller is not allowed to do this, or has not said who it is. */
    FORBIDDEN,
    /** Something named in the request does not exist. */
    NOT_FOUND,
    /** The request is fine but contradicts the present data; it may succeed after a change of the data. */
    CONFLICT,
    /** A named limit was reached; the message says which and how large it is. */
    LIMITED,
    /** The service cannot answer now; trying again later is right. */
    UNAVAILABLE,
    /** Understood, but not something Merapi does. */
    UNSUPPORTED,
    /** A defect or a damaged file: not the caller's doing. */
    FAULT
}
