package dev.merapi.cli.screen;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text that are replaced by new ones: on a terminal in place, elsewhere one after another. What was drawn last
 * stays when it is closed. Not thread-safe.
 */
public final class Screen implements AutoCloseable {
    private static final int WIDTH_WITHOUT_TERMINAL = 120;

    private final PrintStream out;
    private final @Nullable Terminal terminal;
    private final @Nullable Display display;

    private Screen(PrintStream out, @Nullable Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        this.display = terminal == null ? null : new Display(terminal, false);
    }

    /** @param isTerminal whether {@code out} is the terminal of the process */
    public static Screen open(PrintStream out, boolean isTerminal) {
        if (!isTerminal) {
            return new Screen(out, null);
        }
        try {
            // Signals stay with the JVM: they end the process through its shutdown hook.
            return new Screen(
                    out, TerminalBuilder.builder().system(true).dumb(true).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean canRedraw() {
        return terminal != null && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /** Columns of a line. */
    public int width() {
        return terminal == null || terminal.getWidth() <= 0 ? WIDTH_WITHOUT_TERMINAL : terminal.getWidth();
    }

    /** Lines that fit; a very large number where nothing limits them. */
    public int height() {
        return terminal == null || terminal.getHeight() <= 0 ? Integer.MAX_VALUE : terminal.getHeight();
    }

    /** Replaces what was drawn before by these lines; those that do not fit are left out. */
    public void draw(List<String> lines) {
        Terminal on = terminal;
        if (on == null || display == null) {
            lines.forEach(this::append);
            return;
        }
        Size size = on.getSize();
        display.resize(size.getRows(), size.getColumns());
        List<AttributedString> fitting = lines.stream()
                .limit(Math.max(1, size.getRows() - 1))
                .map(line -> new AttributedString(line).columnSubSequence(0, Math.max(1, size.getColumns() - 1)))
                .toList();
        display.update(fitting, -1);
        on.flush();
    }

    /** Writes a line that stays. */
    public void append(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        if (terminal == null) {
            return;
        }
        try {
            terminal.writer().println();
            terminal.flush();
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
