package dev.merapi.testing.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of which some parts follow from code. Such a part stands between {@code <!-- from code: name -->} and
 * {@code <!-- end -->}; with {@code -Dgolden.update} it is written anew instead of compared.
 */
final class MarkedPage {
    private static final boolean UPDATE = System.getProperty("golden.update") != null;
    private static final String END = "<!-- end -->";

    private final Path file;

    MarkedPage(Path file) {
        this.file = file;
    }

    /** Holds a part of the page against what it should be. */
    void hold(String part, String wanted) throws IOException {
        String page = Files.readString(file);
        String mark = "<!-- from code: " + part + " -->\n";
        int from = page.indexOf(mark);
        assertThat(from).as("mark %s in %s", mark.strip(), file.getFileName()).isNotNegative();
        int start = from + mark.length();
        int end = page.indexOf(END, start);
        assertThat(end).as("%s behind the mark of %s", END, part).isPositive();
        String whole = "\n" + wanted.strip() + "\n\n";
        if (UPDATE) {
            Files.writeString(file, page.substring(0, start) + whole + page.substring(end));
            return;
        }
        assertThat(page.substring(start, end))
                .as("part %s of %s; write it anew with -Dgolden.update", part, file.getFileName())
                .isEqualTo(whole);
    }
}
