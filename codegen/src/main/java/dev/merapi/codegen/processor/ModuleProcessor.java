package dev.merapi.codegen.processor;

import dev.merapi.api.module.Module;
import dev.merapi.api.module.Table;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.codegen.emit.Emitter;
import dev.merapi.codegen.emit.GeneratedFile;
import dev.merapi.codegen.model.ModuleModel;
import java.io.IOException;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Checks a module while it is compiled and writes the classes that belong to it. Everything is read and written in the
 * round that meets the module; a change of any part of it writes all again.
 */
public final class ModuleProcessor extends AbstractProcessor {
    private boolean done;

    /** Made by the compiler. */
    public ModuleProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        List<Class<? extends Annotation>> annotations = new ArrayList<>(Annotations.FUNCTIONS);
        annotations.addAll(Parts.COLUMN_ANNOTATIONS);
        annotations.add(Module.class);
        annotations.add(Table.class);
        annotations.add(Table.Several.class);
        return annotations.stream().map(Class::getCanonicalName).collect(Collectors.toSet());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Parts parts = Parts.of(round);
        Problems problems = new Problems(processingEnv.getMessager());
        checkColumns(parts, problems);
        if (!parts.isEmpty() && done) {
            problems.error(
                    parts.origins()[0],
                    "this was generated after the module had been read, and is not part of it: write it by hand");
        } else if (!parts.isEmpty()) {
            done = true;
            Optional<ModuleModel> module = new ModuleReader(problems).read(parts);
            if (module.isPresent() && problems.count() == 0) {
                write(module.get(), parts);
            } else if (!parts.modules().isEmpty()) {
                String packageName = Reach.nameOf(parts.modules().getFirst()).packageName();
                writeSources(Emitter.placeholders(parts.promised(packageName)), parts);
            }
        }
        return false;
    }

    /** What is annotated as a column but stands in no table has no effect, which nobody meant. */
    private static void checkColumns(Parts parts, Problems problems) {
        for (Element column : parts.columns()) {
            TypeElement owner = Reach.ownerOf(column);
            if (!parts.tables().contains(owner) && column.getKind() != ElementKind.FIELD) {
                problems.error(
                        column,
                        "%s is no table, so this annotation has no effect: annotate the record @Table, or leave it out",
                        owner.getSimpleName());
            }
        }
    }

    private void write(ModuleModel module, Parts parts) {
        writeSources(Emitter.emit(module), parts);
        String service = "META-INF/services/" + ModuleDescriptor.class.getCanonicalName();
        try (Writer writer = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", service, parts.origins())
                .openWriter()) {
            writer.write(module.descriptor().qualified() + "\n");
        } catch (IOException e) {
            cannotWrite(service, e);
        }
    }

    private void writeSources(List<GeneratedFile> files, Parts parts) {
        for (GeneratedFile file : files) {
            String name = file.name().qualified();
            try (Writer writer = processingEnv
                    .getFiler()
                    .createSourceFile(name, parts.origins())
                    .openWriter()) {
                writer.write(file.text());
            } catch (IOException e) {
                cannotWrite(name, e);
            }
        }
    }

    private void cannotWrite(String name, IOException cause) {
        processingEnv.getMessager().printError("%s cannot be written: %s".formatted(name, cause.getMessage()));
    }
}
