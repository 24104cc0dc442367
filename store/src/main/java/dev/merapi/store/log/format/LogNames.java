package dev.merapi.store.log.format;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Names of segments and checkpoints: the offset in twenty digits, so that they sort, and what it is. */
public final class LogNames {
    private static final int DIGITS = 20;
    private static final String SEGMENT = ".log";
    private static final String CHECKPOINT = ".checkpoint";

    private LogNames() {}

    /** The name of the segment that begins with this offset. */
    public static String segment(long firstOffset) {
        return digits(firstOffset) + SEGMENT;
    }

    /** The name of the checkpoint of this offset. */
    public static String checkpoint(long offset) {
        return digits(offset) + CHECKPOINT;
    }

    /** A name for what cannot be used but should not be thrown away, different from all present ones. */
    public static String setAside(String name, List<String> present) {
        int number = 0;
        while (present.contains(name + ".damaged-" + number)) {
            number++;
        }
        return name + ".damaged-" + number;
    }

    /** The first offsets of all segments among these names, ascending. */
    public static long[] segmentOffsets(List<String> names) {
        return offsets(names, SEGMENT);
    }

    /** The offsets of all checkpoints among these names, ascending. */
    public static long[] checkpointOffsets(List<String> names) {
        return offsets(names, CHECKPOINT);
    }

    private static long[] offsets(List<String> names, String suffix) {
        return names.stream()
                .map(name -> offset(name, suffix))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sorted()
                .toArray();
    }

    /** Names that are not ours are none of our business: a copy somebody made, a file of the system. */
    private static OptionalLong offset(String name, String suffix) {
        if (name.length() != DIGITS + suffix.length()
                || !name.endsWith(suffix)
                || !name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(name.substring(0, DIGITS)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String digits(long offset) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", offset);
    }
}
