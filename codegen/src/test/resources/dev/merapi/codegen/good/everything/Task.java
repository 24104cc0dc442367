package everything;

import dev.merapi.api.module.AutoInc;
import dev.merapi.api.module.Default;
import dev.merapi.api.module.Index;
import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.module.Unique;
import dev.merapi.api.module.Unsigned;
import dev.merapi.api.module.Visibility;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A numbered row with keys and indexes of all kinds. */
@Table(visibility = Visibility.PUBLIC)
@Index(
        columns = {"state", "priority", "id"},
        name = "by_urgency")
@Unique(columns = {"title", "note"})
public record Task(
        @PrimaryKey @Index @AutoInc @Unsigned int id,
        @Unique String title,
        @Index(Index.Kind.HASH) @Default("OPEN") State state,
        @Index @Nullable Integer priority,
        @Default("it's \"new\"") Optional<String> note) {}
