package dev.merapi.query.expr.value;

import dev.merapi.api.value.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads canonical JSON text. It has been checked when it was made a {@link dev.merapi.api.value.Json}, so the limits of
 * the library are only set wide enough never to refuse what we once accepted.
 */
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonText.MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    static JsonTree read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return value(parser);
        }
    }

    /** Finds a member of an object without taking the rest apart; null when there is none or the text is no object. */
    static @Nullable JsonTree member(String text, String key) {
        if (text.isEmpty() || text.charAt(0) != '{') {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = key.equals(parser.currentName());
                parser.nextToken();
                if (found) {
                    return value(parser);
                }
                parser.skipChildren();
            }
            return null;
        }
    }

    private static JsonTree value(JsonParser parser) {
        return switch (Objects.requireNonNull(parser.currentToken())) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonTree.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonTree.Num(parser.getDecimalValue());
            case VALUE_TRUE -> new JsonTree.Bool(true);
            case VALUE_FALSE -> new JsonTree.Bool(false);
            default -> JsonTree.Null.INSTANCE;
        };
    }

    private static JsonTree object(JsonParser parser) {
        JsonTree.Members object = JsonTree.object();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = Objects.requireNonNull(parser.currentName());
            parser.nextToken();
            object.members().put(key, value(parser));
        }
        return object;
    }

    private static JsonTree array(JsonParser parser) {
        List<JsonTree> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new JsonTree.Array(elements);
    }
}
