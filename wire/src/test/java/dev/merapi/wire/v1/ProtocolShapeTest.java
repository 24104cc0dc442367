package dev.merapi.wire.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Guards the protocol against accidental change: all messages, their parts and their choices, in order, as one number.
 *
 * <p>When this test fails a message has changed. Clients of the revision that is out there do not know about it, so:
 * raise {@link V1Codec#REVISION}, make the codec write and read the old shape for connections of the old revision, say
 * it in {@code docs/protocol/v1.md}, and add the new number here. Only while a revision was never released may its
 * number be replaced.
 */
class ProtocolShapeTest {
    /** One per revision, from 1. */
    private static final List<String> SHAPES = List.of("8f655d3f");

    @Test
    void the_messages_are_those_of_the_revision() {
        String shape = shape();
        CRC32C crc = new CRC32C();
        crc.update(shape.getBytes(StandardCharsets.UTF_8));

        assertThat(SHAPES).hasSize(V1Codec.REVISION);
        assertThat(Long.toHexString(crc.getValue())).as(shape).isEqualTo(SHAPES.get(V1Codec.REVISION - 1));
    }

    @Test
    void a_field_more_is_another_shape() {
        assertThat(describe(Few.class)).isNotEqualTo(describe(More.class).replace("More", "Few"));
    }

    private record Few(int a) {}

    private record More(int a, int b) {}

    private static String shape() {
        Set<Class<?>> seen = new LinkedHashSet<>();
        List<Class<?>> open = new ArrayList<>(List.of(ClientMessage.class, ServerMessage.class));
        StringBuilder shape = new StringBuilder();
        while (!open.isEmpty()) {
            Class<?> type = open.remove(0);
            if (seen.add(type)) {
                shape.append(describe(type)).append('\n');
                open.addAll(parts(type));
            }
        }
        return shape.toString();
    }

    private static String describe(Class<?> type) {
        StringBuilder text = new StringBuilder(type.getSimpleName());
        if (type.isEnum()) {
            text.append(Arrays.toString(type.getEnumConstants()));
        } else if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                text.append(' ').append(component.getName()).append(':').append(component.getGenericType());
            }
        } else if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses())
                    .forEach(c -> text.append('|').append(c.getSimpleName()));
        }
        return text.toString();
    }

    private static List<Class<?>> parts(Class<?> type) {
        List<Class<?>> parts = new ArrayList<>();
        if (type.isSealed() && !type.isEnum()) {
            parts.addAll(List.of(type.getPermittedSubclasses()));
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                addClasses(component.getGenericType(), parts);
            }
        }
        parts.removeIf(part -> !part.getName().startsWith("dev.merapi"));
        return parts;
    }

    private static void addClasses(Type type, List<Class<?>> classes) {
        switch (type) {
            case Class<?> c -> classes.add(c);
            case ParameterizedType p ->
                Arrays.stream(p.getActualTypeArguments()).forEach(a -> addClasses(a, classes));
            default -> throw new AssertionError("unexpected field type " + type);
        }
    }
}
