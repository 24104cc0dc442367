package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.Shape;
import dev.merapi.codegen.model.Shape.EnumShape;
import dev.merapi.codegen.model.Shape.Field;
import dev.merapi.codegen.model.Shape.RecordShape;
import dev.merapi.codegen.model.Shape.SumShape;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the codec of one type: straight from value to bytes and back. */
final class CodecEmitter {
    private final ModuleModel module;
    private final Shape shape;
    private final JavaFile file;
    private final ValueCode values;

    CodecEmitter(ModuleModel module, Shape shape) {
        this.module = module;
        this.shape = shape;
        file = new JavaFile(module.codec(shape), Set.of());
        values = new ValueCode(module, file);
    }

    GeneratedFile emit() {
        JavaName type = shape.javaName();
        file.line("/** {@link %s} as bytes and back. */", type);
        Emitter.generated(module, file);
        file.line("final class %s {", module.codec(shape).simple());
        switch (shape) {
            case RecordShape row -> emit(row);
            case EnumShape constants -> emit(constants);
            case SumShape sum -> emit(sum);
        }
        file.line("}");
        return file.finish(Emitter.comment(module));
    }

    private void emit(RecordShape row) {
        if (module.nestedShapes().contains(row)) {
            file.line("static final %s TYPE = %s;", Types.RECORD_TYPE, recordType(row));
            file.gap();
        }
        constructor();
        file.gap();
        file.line("static void put(%s out, %s value) {", Types.WRITER, row.javaName());
        for (Field field : row.fields()) {
            String value = "value." + field.component() + "()";
            file.line("%s;", values.put(field.place(), "out", value, field.sqlName()));
        }
        file.line("}").gap();
        file.line("static %s get(%s in) {", row.javaName(), Types.READER);
        file.line("return %s;", construct(row));
        file.line("}");
    }

    /** The canonical constructor takes what is read in the order in which it stands there. */
    private String construct(RecordShape row) {
        List<String> parts = row.fields().stream()
                .map(field -> values.get(field.place(), "in"))
                .toList();
        return JavaFile.wrapped("new " + file.type(row.javaName()) + "(", parts, ")");
    }

    private String recordType(RecordShape row) {
        List<String> fields = row.fields().stream()
                .map(field -> values.column(field.sqlName(), field.place()))
                .toList();
        return type(Types.RECORD_TYPE, row, fields);
    }

    private void emit(EnumShape shape) {
        JavaName type = shape.javaName();
        String names =
                shape.constants().stream().map(name -> ", \"" + name + "\"").collect(Collectors.joining());
        file.line(
                "static final %s TYPE = %s.ofNames(\"%s\"%s);", Types.SUM_TYPE, Types.SUM_TYPE, shape.sqlName(), names);
        file.gap();
        file.line("private static final %s[] CONSTANTS = %s.values();", type, type);
        file.gap();
        constructor();
        file.gap();
        file.line("static void put(%s out, %s value) {", Types.WRITER, type);
        file.line("out.putByte(value.ordinal());");
        file.line("}").gap();
        file.line("static %s get(%s in) {", type, Types.READER);
        file.line("return CONSTANTS[%s.getTag(in, CONSTANTS.length)];", Types.VALUES);
        file.line("}");
    }

    private void emit(SumShape sum) {
        file.line("static final %s TYPE = %s;", Types.SUM_TYPE, sumType(sum)).gap();
        constructor();
        file.gap();
        file.line("static void put(%s out, %s value) {", Types.WRITER, sum.javaName());
        file.line("switch (value) {");
        int tag = 0;
        for (RecordShape variant : sum.variants()) {
            String put = variant.fields().isEmpty()
                    ? "out.putByte(" + tag + ")"
                    : "%s.put(out.putByte(%d), variant)".formatted(file.type(module.codec(variant)), tag);
            file.line("case %s variant -> %s;", variant.javaName(), put);
            tag++;
        }
        file.line("}");
        file.line("}").gap();
        file.line("static %s get(%s in) {", sum.javaName(), Types.READER);
        file.line(
                "return switch (%s.getTag(in, %s)) {",
                Types.VALUES, sum.variants().size());
        tag = 0;
        for (Iterator<RecordShape> variants = sum.variants().iterator(); variants.hasNext(); tag++) {
            RecordShape variant = variants.next();
            String get = variant.fields().isEmpty()
                    ? "new " + file.type(variant.javaName()) + "()"
                    : file.type(module.codec(variant)) + ".get(in)";
            file.line("%s -> %s;", variants.hasNext() ? "case " + tag : "default", get);
        }
        file.line("};");
        file.line("}");
    }

    private String sumType(SumShape sum) {
        return type(
                Types.SUM_TYPE, sum, sum.variants().stream().map(this::variant).toList());
    }

    private String type(JavaName type, Shape named, List<String> parts) {
        String head = "new %s(\"%s\", %s.of(".formatted(file.type(type), named.sqlName(), file.type(Types.LIST));
        return JavaFile.wrapped(head, parts, "))");
    }

    private String variant(RecordShape variant) {
        String sum = file.type(Types.SUM_TYPE);
        String name = variant.javaName().simple();
        List<Field> fields = variant.fields();
        return fields.isEmpty()
                ? "%s.Variant.of(\"%s\")".formatted(sum, name)
                : "%s.Variant.of(\"%s\", %s.TYPE)".formatted(sum, name, file.type(module.codec(variant)));
    }

    private void constructor() {
        file.line("private %s() {}", module.codec(shape).simple());
    }
}
