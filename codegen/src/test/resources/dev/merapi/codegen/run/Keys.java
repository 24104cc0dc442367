package everything;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.codegen.processor.ModuleScenario;
import java.util.List;
import java.util.Optional;

/** Rows are found, replaced and deleted by keys. */
public final class Keys implements ModuleScenario {
    @Override
    public void run(ModuleDescriptor<?> descriptor, RowStore store) {
        TaskTable tasks = ((EverythingDescriptor) descriptor).db(store).task();

        Task first = tasks.insert(task(0, "first", null));
        Task second = tasks.insert(task(0, "second", 5));
        Task high = tasks.insert(task(-1, "high", 5));

        assertThat(List.of(first.id(), second.id())).containsExactly(1, 2);
        assertThat(tasks.count()).isEqualTo(3);
        assertThat(tasks.iterate()).containsExactly(first, second, high);
        assertThat(tasks.id().find(2)).contains(second);
        assertThat(tasks.id().find(-1)).as("a u32 above the positive ints").contains(high);
        assertThat(tasks.id().find(9)).isEmpty();
        assertThat(tasks.title().find("first")).contains(first);
        assertThat(tasks.titleNote().find("second", "note of second")).contains(second);
        assertThat(tasks.titleNote().find("second", "note of first")).isEmpty();

        replaces(tasks, first);
        deletes(tasks);
    }

    private static void replaces(TaskTable tasks, Task first) {
        Task done = new Task(first.id(), "first", State.DONE, 1, Optional.empty());

        assertThat(tasks.id().update(done)).isEqualTo(done);
        assertThat(tasks.id().find(1)).contains(done);
        assertThat(tasks.id().upsert(task(7, "seventh", null)).id()).isEqualTo(7);
        assertThat(tasks.id().upsert(task(7, "seven", null)).title()).isEqualTo("seven");
        assertThat(tasks.count()).isEqualTo(4);
        assertThatThrownBy(() -> tasks.id().update(task(99, "nobody", null)))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_NOT_FOUND));
        assertThatThrownBy(() -> tasks.insert(task(0, "seven", null)))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION));
    }

    private static void deletes(TaskTable tasks) {
        assertThat(tasks.id().delete(7)).isTrue();
        assertThat(tasks.id().delete(7)).isFalse();
        assertThat(tasks.title().delete("second")).isTrue();
        for (Task task : tasks.iterate()) {
            assertThat(tasks.delete(task)).as("deleting while walking").isTrue();
        }
        assertThat(tasks.count()).isZero();
        tasks.insert(task(0, "last", null));
        assertThat(tasks.clear()).isEqualTo(1);
        assertThat(tasks.iterate().first()).isEmpty();
    }

    private static Task task(int id, String title, Integer priority) {
        return new Task(id, title, State.OPEN, priority, Optional.of("note of " + title));
    }
}
