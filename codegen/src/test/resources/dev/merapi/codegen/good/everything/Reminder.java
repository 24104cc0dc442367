package everything;

import dev.merapi.api.module.AutoInc;
import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.value.ScheduleAt;

/** A scheduled row. */
@Table(scheduled = "remind")
public record Reminder(@PrimaryKey @AutoInc long id, ScheduleAt at, String text) {}
