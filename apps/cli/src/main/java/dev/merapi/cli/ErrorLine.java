package dev.merapi.cli;

import dev.merapi.api.error.CodedException;

/** An error as one line: {@code merapi: CODE: message (hint)}. */
final class ErrorLine {
    private ErrorLine() {}

    static String of(CodedException error) {
        StringBuilder line = new StringBuilder();
        line.append(error.getMessage());
        error.position().ifPresent(position -> line.append(", position=").append(position));
        String hint = error.hint();
        if (hint != null) {
            line.append(" (").append(hint).append(')');
        }
        return of(error.code().name(), line.toString());
    }

    static String of(String code, String message) {
        return "merapi: " + code + ": " + oneLine(message);
    }

    /** No text of a server or a file may begin a line of its own or command a terminal. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                line.append(' ');
            } else if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
