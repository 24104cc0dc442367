package everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.module.Visibility;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.value.RowLayout;
import dev.merapi.codegen.processor.ModuleScenario;
import java.util.Arrays;

/** What a host is told fits together. */
public final class Descriptions implements ModuleScenario {
    @Override
    public void run(ModuleDescriptor<?> descriptor, RowStore store) {
        assertThat(descriptor.name()).isEqualTo("everything");
        assertThat(descriptor.spiVersion()).isEqualTo(ModuleDescriptor.SPI_VERSION);
        assertThat(descriptor.tables().stream().map(TableDescriptor::name))
                .containsExactly("all_types", "class", "event", "note", "reminder", "task");
        for (TableDescriptor table : descriptor.tables()) {
            assertThat(RowLayout.of(table.toSchema().rowType()).type()).isEqualTo(table.rowType());
        }

        TableDescriptor.Kind reminder = descriptor.tables().get(4).kind();
        assertThat(reminder).isInstanceOf(TableDescriptor.Scheduled.class);
        FunctionDescriptor remind = descriptor.functions().get(((TableDescriptor.Scheduled) reminder).function());
        assertThat(remind.name()).isEqualTo("remind");
        assertThat(remind.visibility()).as("what time calls, clients do not").isEqualTo(Visibility.PRIVATE);

        assertThat(descriptor.functions().stream().map(FunctionDescriptor::kind).distinct())
                .as("one of each kind")
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(FunctionDescriptor.Kind.values()));
    }
}
