package everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.module.Range;
import dev.merapi.api.module.Rows;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.codegen.processor.ModuleScenario;
import java.util.List;
import java.util.Optional;

/** Rows are filtered and deleted by indexes, whole, by their first columns, and by ranges. */
public final class Ranges implements ModuleScenario {
    @Override
    public void run(ModuleDescriptor<?> descriptor, RowStore store) {
        TaskTable tasks = ((EverythingDescriptor) descriptor).db(store).task();
        tasks.insert(task("a", State.OPEN, 3));
        tasks.insert(task("b", State.OPEN, 1));
        tasks.insert(task("c", State.DONE, 2));
        tasks.insert(task("d", State.OPEN, null));
        tasks.insert(task("e", State.BEGUN, 1));

        assertThat(titles(tasks.state().filter(State.OPEN))).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(titles(tasks.priority().filter(1))).containsExactlyInAnyOrder("b", "e");
        assertThat(titles(tasks.priority().filter(Range.atLeast(2))))
                .as("in order, and without the row that has none")
                .containsExactly("c", "a");
        assertThat(titles(tasks.priority().filter(Range.lessThan(2)))).containsExactlyInAnyOrder("b", "e");
        assertThat(titles(tasks.byUrgency().filter(State.OPEN))).containsExactly("b", "a", "d");
        assertThat(titles(tasks.byUrgency().filter(State.OPEN, 3))).containsExactly("a");
        assertThat(titles(tasks.byUrgency().filter(State.OPEN, 3, 1))).containsExactly("a");
        assertThat(titles(tasks.byUrgency().filter(State.OPEN, Range.closed(1, 3))))
                .containsExactly("b", "a");
        assertThat(titles(tasks.byUrgency().filter(Range.greaterThan(State.OPEN))))
                .containsExactly("e", "c");
        assertThat(titles(tasks.byUrgency().filter(State.OPEN, 3, Range.open(1, 9))))
                .isEmpty();
        assertThat(titles(tasks.id().filter(Range.openClosed(1, 3)))).containsExactly("b", "c");

        assertThat(tasks.priority().delete(Range.closedOpen(1, 2))).isEqualTo(2);
        assertThat(tasks.byUrgency().delete(State.OPEN)).isEqualTo(2);
        assertThat(titles(tasks.iterate())).containsExactly("c");
        assertThat(tasks.state().delete(State.DONE)).isEqualTo(1);
        walksAreTakenWhenTheyBegin(tasks);
    }

    private static void walksAreTakenWhenTheyBegin(TaskTable tasks) {
        Rows<Task> rows = tasks.iterate();
        assertThat(rows.first()).isEmpty();

        tasks.insert(task("later", State.OPEN, null));

        assertThat(titles(rows)).containsExactly("later");
    }

    private static Task task(String title, State state, Integer priority) {
        return new Task(0, title, state, priority, Optional.empty());
    }

    private static List<String> titles(Rows<Task> rows) {
        return rows.stream().map(Task::title).toList();
    }
}
