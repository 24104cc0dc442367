package dev.merapi.query.sql;

import dev.merapi.query.sql.ast.Statement;

/**
 * A statement that is well-formed SQL; nothing in it has a meaning yet.
 *
 * @param sql its own text, without the semicolon behind it
 * @param offset where that text starts in the script, in characters counted from 0
 * @param tree positions in it are offsets in {@code sql}
 */
public record ParsedStatement(String sql, int offset, Statement tree) {}
