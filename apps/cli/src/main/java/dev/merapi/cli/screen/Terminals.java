package dev.merapi.cli.screen;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Whether the process's streams are terminals. The JDK cannot say it for each stream. */
public final class Terminals {
    /** In the order of preference; the last one asks the commands of the system and always works on Unix. */
    private static final List<String> PROVIDERS = List.of("ffm", "jni", "exec");

    private static final Logger LOG = System.getLogger(Terminals.class.getName());

    private Terminals() {}

    public static boolean inputIsTerminal() {
        return isTerminal(SystemStream.Input);
    }

    public static boolean outputIsTerminal() {
        return isTerminal(SystemStream.Output);
    }

    private static boolean isTerminal(SystemStream stream) {
        for (String provider : PROVIDERS) {
            try {
                return TerminalProvider.load(provider).isSystemStream(stream);
            } catch (IOException | RuntimeException | LinkageError e) {
                LOG.log(Level.DEBUG, "provider " + provider + " does not work on this JDK or system", e);
            }
        }
        return false;
    }
}
