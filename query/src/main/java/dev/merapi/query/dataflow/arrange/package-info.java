/** Rows held by a key, for the operators that look rows up. */
package dev.merapi.query.dataflow.arrange;
