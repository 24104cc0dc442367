/** Reading stored tables: all rows, or those an index leads to; and the choice between them. */
package dev.merapi.query.exec.scan;
