package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.IndexModel;
import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.TableModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the handle of one table. */
final class TableEmitter {
    private final ModuleModel module;
    private final TableModel table;
    private final int number;
    private final JavaFile file;
    private final JavaName row;
    private final JavaName codec;

    TableEmitter(ModuleModel module, TableModel table, int number) {
        this.module = module;
        this.table = table;
        this.number = number;
        Set<String> nested = table.indexes().stream().map(IndexModel::className).collect(Collectors.toSet());
        file = new JavaFile(module.generated(table.handleName()), nested);
        row = table.row().javaName();
        codec = module.codec(table.row());
    }

    GeneratedFile emit() {
        file.line("/** Table {@code %s}, with rows of {@link %s}. */", table.name(), row);
        Emitter.generated(module, file);
        file.line(
                "%sfinal class %s implements %s<%s> {", table.modifier(), table.handleName(), Types.TABLE_HANDLE, row);
        fields();
        insert();
        wholeTable();
        for (IndexModel index : table.indexes()) {
            file.gap();
            file.line("/** %s. */", summary(index));
            file.line("public %s %s() {", index.className(), index.accessor());
            file.line("return %s;", index.accessor());
            file.line("}");
        }
        helpers();
        ValueCode values = new ValueCode(module, file);
        for (int i = 0; i < table.indexes().size(); i++) {
            file.gap();
            new IndexEmitter(file, values, table, i).emit();
        }
        file.line("}");
        return file.finish(Emitter.comment(module));
    }

    private void fields() {
        file.line("private static final int TABLE = %s;", number).gap();
        file.line("private final %s store;", Types.ROW_STORE);
        file.line("private final %s buffer = new %s();", Types.WRITER, Types.WRITER);
        for (IndexModel index : table.indexes()) {
            file.line("private final %s %s = new %s();", index.className(), index.accessor(), index.className());
        }
        file.gap();
        file.line("%s(%s store) {", table.handleName(), Types.ROW_STORE);
        file.line("this.store = store;");
        file.line("}").gap();
    }

    private void insert() {
        file.line("@Override");
        file.line("public %s insert(%s row) {", row, row);
        if (table.isAlteredByStoring()) {
            file.line("return row(store.insert(TABLE, bytes(row)));");
        } else {
            file.line("store.insert(TABLE, bytes(row));");
            file.line("return row;");
        }
        file.line("}").gap();
    }

    private void wholeTable() {
        method("public boolean delete(%s row) {", "return store.delete(TABLE, bytes(row));");
        file.gap();
        method("public long count() {", "return store.count(TABLE);");
        file.gap();
        file.line("@Override");
        file.line("public %s<%s> iterate() {", Types.ROWS, row);
        file.line("return rows(() -> store.rows(TABLE));");
        file.line("}").gap();
        method("public long clear() {", "return store.clear(TABLE);");
    }

    private void method(String head, String body) {
        file.line("@Override");
        file.line(head.replace("%s", file.type(row)));
        file.line(body);
        file.line("}");
    }

    private void helpers() {
        file.gap();
        file.line("private byte[] bytes(%s row) {", row);
        file.line("buffer.reset();");
        file.line("%s.put(buffer, row);", codec);
        file.line("return buffer.toByteArray();");
        file.line("}");
        boolean unique = table.indexes().stream().anyMatch(IndexModel::isUnique);
        if (unique || table.isAlteredByStoring()) {
            file.gap();
            file.line("private static %s row(byte[] bytes) {", row);
            file.line("return %s.get(new %s(bytes));", codec, Types.READER);
            file.line("}");
        }
        file.gap();
        file.line("private static %s<%s> rows(%s<%s.Walk> walks) {", Types.ROWS, row, Types.SUPPLIER, Types.ROW_STORE);
        file.line("return new %s<>(walks, %s::get);", Types.DECODED_ROWS, codec);
        file.line("}");
    }

    private String summary(IndexModel index) {
        List<String> names = index.columns().stream()
                .map(column -> table.columns().get(column).name())
                .toList();
        String columns = "{@code " + String.join(", ", names) + "}";
        return switch (index.role()) {
            case PRIMARY_KEY -> "By the primary key " + columns;
            case UNIQUE -> "By the unique " + columns;
            case PLAIN -> "By " + columns;
        };
    }
}
