package dev.merapi.codegen.processor;

import dev.merapi.api.module.Index;
import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Unique;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.codegen.model.IndexModel;
import dev.merapi.codegen.model.IndexModel.Role;
import dev.merapi.codegen.model.Names;
import dev.merapi.codegen.model.Shape.Field;
import dev.merapi.codegen.model.Shape.RecordShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/** Reads the keys and indexes of one table. */
final class KeyReader {
    /** Methods of a handle that an accessor would hide. */
    private static final Set<String> OF_HANDLE = Set.of("count", "iterate", "clear");

    private final Problems problems;
    private final TypeElement type;
    private final RecordShape row;
    private final String table;
    private final List<IndexModel> found = new ArrayList<>();
    private final Map<List<Integer>, String> byColumns = new HashMap<>();
    private final Set<String> accessors = new HashSet<>();

    KeyReader(Problems problems, TypeElement type, RecordShape row, String table) {
        this.problems = problems;
        this.type = type;
        this.row = row;
        this.table = table;
    }

    /** The keys and indexes, the primary key first. */
    List<IndexModel> read() {
        List<? extends RecordComponentElement> components = type.getRecordComponents();
        for (int i = 0; i < components.size(); i++) {
            if (Annotations.has(components.get(i), PrimaryKey.class)) {
                primaryKey(components.get(i), i);
            }
        }
        for (int i = 0; i < components.size(); i++) {
            ofComponent(components.get(i), i);
        }
        for (Unique unique : type.getAnnotationsByType(Unique.class)) {
            ofRecord("@Unique", unique.columns(), unique.name(), Role.UNIQUE, IndexDefinition.Kind.ORDERED);
        }
        for (Index index : type.getAnnotationsByType(Index.class)) {
            ofRecord("@Index", index.columns(), index.name(), Role.PLAIN, kind(index));
        }
        return found;
    }

    private void primaryKey(RecordComponentElement component, int position) {
        if (!found.isEmpty()) {
            problems.error(
                    component,
                    "table %s has two primary keys: leave one out; what is unique over several columns is written"
                            + " @Unique(columns = {\"%s\", \"%s\"}) on the record",
                    table,
                    row.fields().get(found.getFirst().columns().getFirst()).component(),
                    component.getSimpleName());
        } else if (row.fields().get(position).place().isNullable()) {
            problems.error(component, "a primary key is never absent: leave @Nullable or Optional out");
        } else {
            IndexDefinition.Kind kind = kept(component);
            add(component, Role.PRIMARY_KEY, kind, "", List.of(position));
        }
    }

    private void ofComponent(RecordComponentElement component, int position) {
        boolean primary = Annotations.has(component, PrimaryKey.class);
        Unique[] uniques = component.getAnnotationsByType(Unique.class);
        Index[] indexes = component.getAnnotationsByType(Index.class);
        for (Unique unique : uniques) {
            if (hasNoColumns(unique.columns(), "@Unique", component)) {
                if (primary) {
                    problems.error(component, "a primary key is unique already: leave @Unique out");
                } else {
                    add(component, Role.UNIQUE, kept(component), unique.name(), List.of(position));
                }
            }
        }
        for (Index index : indexes) {
            boolean key = primary || uniques.length > 0;
            if (!hasNoColumns(index.columns(), "@Index", component)) {
                continue;
            }
            if (!key) {
                add(component, Role.PLAIN, kind(index), index.name(), List.of(position));
            } else if (kind(index) == IndexDefinition.Kind.HASH || !index.name().isEmpty()) {
                problems.error(
                        component,
                        "%s is found by its key already: leave @Index out, or write it plain (@Index) to have the key"
                                + " kept in order and filtered by ranges",
                        component.getSimpleName());
            }
        }
    }

    /** A key is kept for equality, as in SQL, unless it is asked to be in order. */
    private static IndexDefinition.Kind kept(RecordComponentElement component) {
        return Annotations.has(component, Index.class) ? IndexDefinition.Kind.ORDERED : IndexDefinition.Kind.HASH;
    }

    private boolean hasNoColumns(String[] columns, String annotation, Element component) {
        if (columns.length > 0) {
            problems.error(
                    component,
                    "%s with columns stands on the record: move it there, or leave columns out for this one alone",
                    annotation);
        }
        return columns.length == 0;
    }

    private void ofRecord(String annotation, String[] columns, String name, Role role, IndexDefinition.Kind kind) {
        if (columns.length == 0) {
            problems.error(
                    type, "%s on a record needs its columns: write %s(columns = {\"…\"})", annotation, annotation);
            return;
        }
        List<Integer> positions = new ArrayList<>();
        for (String column : columns) {
            int position = position(column);
            if (position < 0) {
                problems.error(
                        type,
                        "%s names %s, which is no component of %s: there are %s",
                        annotation,
                        column,
                        type.getSimpleName(),
                        row.fields().stream().map(Field::component).collect(Collectors.joining(", ")));
                return;
            }
            if (positions.contains(position)) {
                problems.error(type, "%s names %s twice: leave one out", annotation, column);
                return;
            }
            positions.add(position);
        }
        add(type, role, kind, name, positions);
    }

    private int position(String component) {
        for (int i = 0; i < row.fields().size(); i++) {
            if (row.fields().get(i).component().equals(component)) {
                return i;
            }
        }
        return -1;
    }

    private void add(Element at, Role role, IndexDefinition.Kind kind, String given, List<Integer> columns) {
        String joined = columns.stream()
                .map(column -> row.fields().get(column).sqlName())
                .collect(Collectors.joining("_"));
        String name = given.isEmpty() ? joined : given;
        String sqlName = table + "_" + sqlSuffix(role, name, given.isEmpty());
        IndexModel index = new IndexModel(role, kind, sqlName, name, columns);
        if (areKeys(at, columns) && isNew(at, index) && isWellNamed(at, index)) {
            found.add(index);
        }
    }

    private static String sqlSuffix(Role role, String name, boolean derived) {
        return switch (role) {
            case PRIMARY_KEY -> "pkey";
            case UNIQUE -> derived ? name + "_key" : name;
            case PLAIN -> derived ? name + "_idx" : name;
        };
    }

    private boolean areKeys(Element at, List<Integer> columns) {
        boolean good = true;
        for (int column : columns) {
            Field field = row.fields().get(column);
            if (!field.place().type().isKey()) {
                problems.error(
                        at,
                        "%s cannot be part of a key or index: keys are numbers, texts, bytes, times, ids, booleans and"
                                + " enums; move what you look for to a component of its own",
                        field.component());
                good = false;
            }
        }
        return good;
    }

    private boolean isNew(Element at, IndexModel index) {
        String other = byColumns.putIfAbsent(index.columns(), index.sqlName());
        if (other != null) {
            problems.error(at, "%s has the same columns: leave one of them out", other);
        }
        return other == null;
    }

    private boolean isWellNamed(Element at, IndexModel index) {
        if (!Names.isSqlName(index.name()) || !Names.isSqlName(index.sqlName())) {
            problems.error(
                    at,
                    "%s is no good name of an index: use lower-case letters, digits and underscores, together with the"
                            + " table's name at most %d",
                    index.name(),
                    Names.MAX_SQL_NAME_LENGTH);
            return false;
        }
        boolean hidden = OF_HANDLE.contains(index.accessor());
        if (hidden || !accessors.add(index.accessor())) {
            problems.error(
                    at,
                    "the accessor %s() of this index is taken: give it another name, such as name = \"by_%s\"",
                    index.accessor(),
                    index.name());
            return false;
        }
        return true;
    }

    private static IndexDefinition.Kind kind(Index index) {
        return switch (index.value()) {
            case ORDERED -> IndexDefinition.Kind.ORDERED;
            case HASH -> IndexDefinition.Kind.HASH;
        };
    }
}
