package everything;

import dev.merapi.api.module.Table;
import dev.merapi.api.module.Visibility;

/** An event; its name is that of a class the generated code uses. */
@Table(name = "event", event = true, visibility = Visibility.PUBLIC)
public record Rows(String what) {}
