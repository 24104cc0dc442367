package dev.merapi.codegen.emit;

import dev.merapi.api.module.spi.FunctionDescriptor.Kind;
import dev.merapi.codegen.model.ColumnModel;
import dev.merapi.codegen.model.FunctionModel;
import dev.merapi.codegen.model.IndexModel;
import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.Names;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.Shape;
import dev.merapi.codegen.model.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the descriptor: what the host knows of the module, and how it calls its functions. */
final class DescriptorEmitter {
    private static final Set<String> TAKEN = Set.of("in", "ctx", "result");

    private final ModuleModel module;
    private final JavaFile file;
    private final ValueCode values;

    DescriptorEmitter(ModuleModel module) {
        this.module = module;
        file = new JavaFile(module.descriptor(), Set.of());
        values = new ValueCode(module, file);
    }

    GeneratedFile emit() {
        file.line("/** What a host knows of module {@code %s}. */", module.name());
        Emitter.generated(module, file);
        file.line(
                "public final class %s implements %s<%s> {",
                module.descriptor().simple(), Types.MODULE_DESCRIPTOR, module.db());
        lists();
        answers();
        calls();
        module.tables().forEach(this::table);
        for (FunctionModel function : module.functions()) {
            function(function);
        }
        file.line("}");
        return file.finish(Emitter.comment(module));
    }

    private void lists() {
        List<String> tables =
                module.tables().stream().map(table -> tableMethod(table) + "()").toList();
        List<String> functions =
                module.functions().stream().map(this::descriptor).toList();
        list(Types.TABLE_DESCRIPTOR, "TABLES", tables);
        file.gap();
        list(Types.FUNCTION_DESCRIPTOR, "FUNCTIONS", functions);
        file.gap();
        file.line("/** Makes the descriptor; called by the host. */");
        file.line("public %s() {}", module.descriptor().simple());
    }

    private void list(JavaName type, String name, List<String> items) {
        String list = file.type(Types.LIST);
        String head = "private static final %s<%s> %s = %s.of(".formatted(list, file.type(type), name, list);
        file.line(JavaFile.wrapped(head, items, ");"));
    }

    private void answers() {
        answer("int spiVersion()", "SPI_VERSION");
        answer("String name()", "\"" + module.name() + "\"");
        answer("%s<%s> tables()".formatted(file.type(Types.LIST), file.type(Types.TABLE_DESCRIPTOR)), "TABLES");
        answer(
                "%s<%s> functions()".formatted(file.type(Types.LIST), file.type(Types.FUNCTION_DESCRIPTOR)),
                "FUNCTIONS");
        String db = file.type(module.db());
        answer("%s db(%s store)".formatted(db, file.type(Types.ROW_STORE)), "new " + db + "(store)");
    }

    private void answer(String head, String value) {
        file.gap();
        file.line("@Override");
        file.line("public " + head + " {");
        file.line("return " + value + ";");
        file.line("}");
    }

    // ---- calls

    private void calls() {
        String in = ", " + file.type(Types.READER) + " arguments";
        dispatch("OfReducer", "reducer", in, function -> function.kind().isReducer(), "Call(arguments)");
        dispatch("OfView", "view", "", function -> function.kind() == Kind.VIEW, "View()");
        dispatch("OfProcedure", "procedure", in, function -> function.kind() == Kind.PROCEDURE, "Call(arguments)");
    }

    private void dispatch(String type, String method, String parameters, Predicate<FunctionModel> kind, String call) {
        file.gap();
        file.line("@Override");
        file.line("public %s.%s<%s> %s(int function%s) {", Types.FUNCTION_CALL, type, module.db(), method, parameters);
        List<FunctionModel> functions = module.functions();
        if (functions.stream().noneMatch(kind)) {
            file.line("throw new IndexOutOfBoundsException(function);");
        } else {
            file.line("return switch (function) {");
            for (int number = 0; number < functions.size(); number++) {
                FunctionModel function = functions.get(number);
                if (kind.test(function)) {
                    file.line("case %s -> %s%s;", number, accessor(function), call);
                }
            }
            file.line("default -> throw new IndexOutOfBoundsException(function);");
            file.line("};");
        }
        file.line("}");
    }

    private void function(FunctionModel function) {
        switch (function.kind()) {
            case REDUCER, INIT, CLIENT_CONNECTED, CLIENT_DISCONNECTED -> call(function, "OfReducer");
            case PROCEDURE -> call(function, "OfProcedure");
            case VIEW -> view(function);
            case QUERY -> {}
        }
    }

    /** Reads the arguments and gives a call of the method. */
    private void call(FunctionModel function, String type) {
        file.gap();
        file.line(
                "private static %s.%s<%s> %sCall(%s in) {",
                Types.FUNCTION_CALL, type, module.db(), accessor(function), Types.READER);
        for (Shape.Field parameter : function.parameters()) {
            String javaType = values.javaType(parameter.place());
            file.line("%s %s = %s;", javaType, local(parameter), values.get(parameter.place(), "in"));
        }
        file.line("in.expectEnd();");
        String arguments = function.parameters().stream()
                .map(parameter -> ", " + local(parameter))
                .collect(Collectors.joining());
        String call = "%s.%s(ctx%s)".formatted(file.type(function.owner()), function.method(), arguments);
        Place result = function.result();
        if (result != null) {
            file.line("return (ctx, result) -> %s;", values.put(result, "result", call, "result"));
        } else if (function.kind() == Kind.PROCEDURE) {
            file.line("return (ctx, result) -> %s;", call);
        } else {
            file.line("return ctx -> %s;", call);
        }
        file.line("}");
    }

    private void view(FunctionModel function) {
        Place result = result(function);
        String call = "%s.%s(ctx)".formatted(file.type(function.owner()), function.method());
        file.gap();
        file.line("private static %s.OfView<%s> %sView() {", Types.FUNCTION_CALL, module.db(), accessor(function));
        file.line("return (ctx, result) -> %s;", values.put(result, "result", call, "result"));
        file.line("}");
    }

    private static Place result(FunctionModel function) {
        Place result = function.result();
        if (result == null) {
            throw new IllegalStateException("view " + function.name() + " has no result");
        }
        return result;
    }

    private static String local(Shape.Field parameter) {
        return TAKEN.contains(parameter.component()) ? parameter.component() + "_" : parameter.component();
    }

    private static String accessor(FunctionModel function) {
        return Names.toMethod(function.name());
    }

    // ---- descriptions

    private String descriptor(FunctionModel function) {
        String type = file.type(Types.FUNCTION_DESCRIPTOR);
        List<String> parts = new ArrayList<>(List.of("\"" + function.name() + "\""));
        if (function.kind().isCallable() || function.kind().isView()) {
            parts.add(file.type(Types.VISIBILITY) + "." + function.visibility());
        }
        String factory = switch (function.kind()) {
            case REDUCER -> "reducer";
            case INIT, CLIENT_CONNECTED, CLIENT_DISCONNECTED -> {
                parts.add(type + ".Kind." + function.kind());
                yield "lifecycle";
            }
            case VIEW -> {
                parts.add(values.column("result", result(function)));
                yield "view";
            }
            case QUERY -> {
                parts.add(literal(String.valueOf(function.sql())));
                yield "query";
            }
            case PROCEDURE -> {
                Place result = function.result();
                parts.add(result == null ? "null" : values.column("result", result));
                yield "procedure";
            }
        };
        function.parameters().forEach(parameter -> parts.add(values.column(parameter.sqlName(), parameter.place())));
        return JavaFile.wrapped(type + "." + factory + "(", parts, ")");
    }

    private void table(TableModel table) {
        file.gap();
        file.line("private static %s %s() {", Types.TABLE_DESCRIPTOR, tableMethod(table));
        List<String> columns = table.columns().stream().map(this::definition).toList();
        List<String> indexes = IntStream.range(0, table.indexes().size())
                .mapToObj(i -> definition(i, table.indexes().get(i)))
                .toList();
        String list = file.type(Types.LIST) + ".of(";
        List<String> parts = List.of(
                "\"" + table.name() + "\"",
                file.type(Types.VISIBILITY) + "." + table.visibility(),
                JavaFile.wrapped(list, columns, ")"),
                JavaFile.wrapped(list, indexes, ")"),
                table.primaryKey().map(index -> primaryKey(table, index)).orElse("null"),
                kind(table.kind()));
        file.line(JavaFile.wrapped("return new " + file.type(Types.TABLE_DESCRIPTOR) + "(", parts, ");"));
        file.line("}");
    }

    private String definition(ColumnModel column) {
        String type = file.type(Types.COLUMN_DEFINITION);
        String text = values.column(column.name(), column.place());
        String sql = column.defaultSql();
        if (!column.autoInc() && sql == null) {
            return "%s.of(%s)".formatted(type, text);
        }
        List<String> parts = List.of(
                text,
                sql == null ? "null" : literal(sql),
                type + ".Identity." + (column.autoInc() ? "BY_DEFAULT" : "NONE"));
        return JavaFile.wrapped("new " + type + "(", parts, ")");
    }

    private String definition(int number, IndexModel index) {
        String type = file.type(Types.INDEX_DEFINITION);
        String columns = index.columns().stream().map(String::valueOf).collect(Collectors.joining(", "));
        List<String> parts = List.of(
                String.valueOf(number),
                "\"" + index.sqlName() + "\"",
                file.type(Types.LIST) + ".of(" + columns + ")",
                String.valueOf(index.isUnique()),
                type + ".Kind." + index.kind());
        return JavaFile.wrapped("new " + type + "(", parts, ")");
    }

    private String primaryKey(TableModel table, IndexModel index) {
        return "new %s(\"%s\", %d)"
                .formatted(
                        file.type(Types.PRIMARY_KEY),
                        index.sqlName(),
                        table.indexes().indexOf(index));
    }

    private String kind(TableModel.Kind kind) {
        String type = file.type(Types.TABLE_DESCRIPTOR);
        return switch (kind) {
            case TableModel.Stored stored -> type + ".STORED";
            case TableModel.Event event -> type + ".EVENT";
            case TableModel.Scheduled scheduled ->
                "new %s.Scheduled(%d, %d)".formatted(type, number(scheduled.function()), scheduled.atColumn());
        };
    }

    private int number(String functionName) {
        for (int i = 0; i < module.functions().size(); i++) {
            FunctionModel function = module.functions().get(i);
            if (function.name().equals(functionName) && function.kind().isCallable()) {
                return i;
            }
        }
        throw new IllegalStateException("no function " + functionName);
    }

    private static String tableMethod(TableModel table) {
        return table.accessor() + "Table";
    }

    /** A text as a literal of Java. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                default -> literal.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return literal.append('"').toString();
    }
}
