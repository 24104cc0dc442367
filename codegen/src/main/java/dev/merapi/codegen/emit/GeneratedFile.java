package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.JavaName;

/**
 * A source file that is ready to be written.
 *
 * @param name the class it declares
 * @param text the whole file
 */
public record GeneratedFile(JavaName name, String text) {}
