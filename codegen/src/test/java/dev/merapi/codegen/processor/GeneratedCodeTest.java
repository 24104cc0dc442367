package dev.merapi.codegen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.module.spi.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What generated code does, on a store in memory. The scenarios are classes beneath {@code run}, compiled together with
 * the module {@code everything}, found as a host finds it.
 */
final class GeneratedCodeTest {
    private static ClassLoader classes;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() {
        List<JavaFileObject> sources =
                new ArrayList<>(Compilation.sources(GoldenText.RESOURCES.resolve("good/everything")));
        sources.addAll(Compilation.sources(GoldenText.RESOURCES.resolve("run")));
        Compilation compiled = Compilation.of(folder, sources);
        assertThat(compiled.problems()).isEmpty();
        classes = compiled.load();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RoundTrip", "Keys", "Ranges", "Calls", "Descriptions"})
    void generated_code_does_what_it_says(String scenario) throws Exception {
        ModuleDescriptor<?> descriptor =
                ServiceLoader.load(ModuleDescriptor.class, classes).findFirst().orElseThrow();

        ((ModuleScenario) classes.loadClass("everything." + scenario)
                        .getDeclaredConstructor()
                        .newInstance())
                .run(descriptor, new MemoryRowStore(descriptor.tables()));
    }
}
