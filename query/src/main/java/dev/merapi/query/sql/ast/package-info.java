/** What was written, as a tree: records without behaviour, made by the parser and read by the binder alone. */
package dev.merapi.query.sql.ast;
