package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.CallContext;
import dev.merapi.api.module.ReducerException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest lines a module has written to its log; each goes to the server's log, too. Any thread. */
public final class ModuleLog {
    /** How loud a line is. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /**
     * A line.
     *
     * @param function what was running
     * @param text may be of several lines
     */
    public record Line(Instant time, Level level, String function, String text) {}

    /** Characters kept of one line: a stack trace with its causes, but not a table. */
    static final int MAX_TEXT = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(ModuleLog.class);

    private final String module;
    private final InstantSource clock;
    private final int capacity;
    // Guarded by this.
    private final ArrayDeque<Line> lines = new ArrayDeque<>();

    /**
     * @param capacity lines kept
     */
    ModuleLog(String module, InstantSource clock, int capacity) {
        this.module = module;
        this.clock = clock;
        this.capacity = capacity;
    }

    /** The newest lines, oldest first. */
    public synchronized List<Line> newest(int count) {
        List<Line> all = new ArrayList<>(lines);
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }

    private void add(Level level, String function, String text, @Nullable Throwable cause) {
        String whole = cause == null ? text : text + System.lineSeparator() + trace(cause);
        String kept = whole.length() <= MAX_TEXT ? whole : whole.substring(0, MAX_TEXT) + "…";
        synchronized (this) {
            if (lines.size() == capacity) {
                lines.removeFirst();
            }
            lines.addLast(new Line(clock.instant(), level, function, kept));
        }
        switch (level) {
            case DEBUG -> LOG.debug("{}.{}: {}", module, function, kept);
            case INFO -> LOG.info("{}.{}: {}", module, function, kept);
            case WARN -> LOG.warn("{}.{}: {}", module, function, kept);
            case ERROR -> LOG.error("{}.{}: {}", module, function, kept);
        }
    }

    private static String trace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString().strip();
    }

    /**
     * What the end of a function by an exception is to its caller: its own words if it refused, else that it crashed,
     * and the stack trace is here.
     */
    CodedException explain(String function, Throwable thrown) {
        return switch (thrown) {
            case ReducerException refusal ->
                new CodedException(ErrorCode.REDUCER_FAILED, String.valueOf(refusal.getMessage()))
                        .with("function", function)
                        .causedBy(refusal);
            case CodedException coded -> coded;
            default -> {
                add(Level.ERROR, function, "ended by an exception it did not expect", thrown);
                yield new CodedException(ErrorCode.REDUCER_CRASHED, "function ended by an exception it did not expect")
                        .with("function", function)
                        .with("exception", thrown)
                        .hint("the log of the module has the stack trace")
                        .causedBy(thrown);
            }
        };
    }

    /** The log as a function sees it. */
    CallContext.Log of(String function) {
        return new CallContext.Log() {
            @Override
            public void debug(String message) {
                add(Level.DEBUG, function, message, null);
            }

            @Override
            public void info(String message) {
                add(Level.INFO, function, message, null);
            }

            @Override
            public void warn(String message) {
                add(Level.WARN, function, message, null);
            }

            @Override
            public void error(String message) {
                add(Level.ERROR, function, message, null);
            }

            @Override
            public void error(String message, Throwable cause) {
                add(Level.ERROR, function, message, cause);
            }
        };
    }
}
