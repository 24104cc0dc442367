package dev.merapi.query.exec.join;

/** What must be equal on both sides: the side that is read row by row, and the side that is held. */
public record JoinKeys(KeyExpressions probe, KeyExpressions held) {}
