package everything;

import dev.merapi.api.module.Index;
import dev.merapi.api.module.Table;

/** Two tables of one row type, which nobody outside of the package can name; a word of Java as a table. */
@Table(name = "note")
@Table(name = "class")
record Note(@Index long topic, String text) {}
