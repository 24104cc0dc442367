package dev.merapi.testing.system.docs;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.ParameterType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The overloads of a function as few lines: those that differ in one type share a line, and so do those that differ in
 * how many of the last arguments are given.
 *
 * @param parameters the types each argument may have
 * @param required how many arguments have to be given
 */
record Signature(List<Set<String>> parameters, boolean variadic, int required) {
    private static final Set<String> NUMBERS = Set.of("whole", "numeric", "double", "real");

    /** The shortest list of signatures that says what the declarations say. */
    static List<Signature> of(List<Declaration<?>> declarations) {
        List<Signature> signatures = new ArrayList<>();
        for (Declaration<?> declaration : declarations) {
            List<Set<String>> parameters = new ArrayList<>();
            declaration.parameters().forEach(parameter -> parameters.add(new LinkedHashSet<>(Set.of(name(parameter)))));
            signatures.add(new Signature(parameters, declaration.variadic(), parameters.size()));
        }
        while (joinTypes(signatures)) {
            // until nothing more goes together
        }
        signatures.sort(Comparator.comparingInt(signature -> signature.parameters.size()));
        return withOptional(signatures);
    }

    /** As on the page: {@code lpad(text, integer [, text])}. */
    String render(String function) {
        StringBuilder text = new StringBuilder(function).append('(');
        for (int i = 0; i < parameters.size(); i++) {
            text.append(i == required ? (i == 0 ? "[" : " [") : "");
            text.append(i == 0 ? "" : ", ").append(alternatives(parameters.get(i)));
        }
        return text.append(variadic ? ", …" : "")
                .append(required < parameters.size() ? "])" : ")")
                .toString();
    }

    private static String alternatives(Set<String> types) {
        if (types.contains("any")) {
            return "any";
        }
        if (types.containsAll(NUMBERS)) {
            Set<String> others = new LinkedHashSet<>(types);
            others.removeAll(NUMBERS);
            return "number" + others.stream().map(type -> " or " + type).collect(Collectors.joining());
        }
        return String.join(" or ", types);
    }

    /** Joins the first two signatures that differ in the types of one argument. */
    private static boolean joinTypes(List<Signature> signatures) {
        for (int i = 0; i < signatures.size(); i++) {
            for (int j = i + 1; j < signatures.size(); j++) {
                int place = signatures.get(i).onlyDifference(signatures.get(j));
                if (place >= 0) {
                    signatures
                            .get(i)
                            .parameters
                            .get(place)
                            .addAll(signatures.remove(j).parameters.get(place));
                    return true;
                }
            }
        }
        return false;
    }

    private int onlyDifference(Signature other) {
        if (variadic != other.variadic || parameters.size() != other.parameters.size()) {
            return -1;
        }
        int place = -1;
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameters.get(i).equals(other.parameters.get(i))) {
                if (place >= 0) {
                    return -1;
                }
                place = i;
            }
        }
        return place;
    }

    /** A signature that is the beginning of a longer one becomes that one with an end that may be left out. */
    private static List<Signature> withOptional(List<Signature> ascending) {
        List<Signature> result = new ArrayList<>();
        for (Signature next : ascending) {
            Signature shorter = result.isEmpty() ? null : result.getLast();
            boolean continues = shorter != null
                    && !shorter.variadic
                    && shorter.parameters.size() + 1 == next.parameters.size()
                    && next.parameters.subList(0, shorter.parameters.size()).equals(shorter.parameters);
            if (continues) {
                result.removeLast();
                result.add(new Signature(next.parameters, next.variadic, shorter.required));
            } else {
                result.add(next);
            }
        }
        return result;
    }

    private static String name(ParameterType parameter) {
        return switch (parameter) {
            case ParameterType.Exact exact -> name(exact.type());
            case ParameterType.Polymorphic polymorphic ->
                switch (polymorphic) {
                    case ANY, ANY_ELEMENT, ANY_NON_ARRAY, ANY_COMPATIBLE -> "any";
                    case ANY_ARRAY, ANY_COMPATIBLE_ARRAY -> "array";
                    case ANY_INTEGER -> "whole";
                };
        };
    }

    private static String name(ColumnType type) {
        if (type instanceof ArrayType array) {
            return name(array.element()) + "[]";
        }
        return switch (type.sqlName()) {
            case "double precision" -> "double";
            case "timestamp without time zone" -> "timestamp";
            case "timestamp with time zone" -> "timestamptz";
            case "time without time zone" -> "time";
            default -> type.sqlName();
        };
    }
}
