/** The path language of SQL/JSON: {@code $.items[*] ? (@.price > 10)}. Pure functions over trees of JSON. */
package dev.merapi.query.expr.jsonpath;
