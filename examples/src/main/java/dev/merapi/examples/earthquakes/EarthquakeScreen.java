package dev.merapi.examples.earthquakes;

import dev.merapi.examples.earthquakes.EarthquakeWatch.Activity;
import dev.merapi.examples.earthquakes.EarthquakeWatch.Sighting;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What both connections do at this moment, as lines of text of a given width. */
final class EarthquakeScreen {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int ROWS_PER_LIST = 4;
    private static final int MIN_WIDTH = 40;

    private final int events;
    private final String address;

    /**
     * @param events how many the replay sends in all
     * @param address where the server can be reached
     */
    EarthquakeScreen(int events, String address) {
        this.events = events;
        this.address = address;
    }

    List<String> lines(EarthquakeReplay.Progress progress, EarthquakeWatch watch, int width) {
        int columns = Math.max(MIN_WIDTH, width);
        List<String> lines = new ArrayList<>();
        lines.add("Merapi demo: a week of earthquakes (USGS), replayed in event order");
        lines.add("server      " + address + "   try: ./merapi sql --url " + address
                + " \"SELECT count(*) FROM earthquakes\"");
        lines.add("connection 1 writes    " + bar(progress.sent()) + "  "
                + (progress.sent() == 0 ? "" : TIME.format(progress.feedTime())) + "  inserted " + progress.inserted()
                + ", updated " + progress.updated());
        lines.add("connection 2 watches   " + watch.listsReceived() + " live results received");
        lines.add("");
        section(lines, "strongest so far", sightings(watch.strongest(ROWS_PER_LIST)));
        section(
                lines,
                "network " + EarthquakeWatch.NETWORK + ": " + watch.ofNetwork() + " events",
                sightings(watch.newestOfNetwork(ROWS_PER_LIST)));
        section(
                lines,
                "not reviewed yet: " + watch.automatic() + " events",
                sightings(watch.newestAutomatic(ROWS_PER_LIST)));
        section(
                lines,
                "busiest networks (joined, grouped, top 10)",
                watch.busiestNetworks(ROWS_PER_LIST).stream()
                        .map(EarthquakeScreen::line)
                        .toList());
        return lines.stream().map(line -> cut(line, columns)).toList();
    }

    /** All of it in one line, for where nothing can be redrawn. */
    String line(EarthquakeReplay.Progress progress, EarthquakeWatch watch) {
        String strongest = watch.strongest(1).stream()
                .map(s -> String.format(Locale.ROOT, "%.1f %s", s.magnitude(), s.place()))
                .findFirst()
                .orElse("none");
        String busiest = watch.busiestNetworks(1).stream()
                .map(a -> a.name() + " " + a.events())
                .findFirst()
                .orElse("none");
        return "sent %d/%d, inserted %d, updated %d | live: strongest %s; network %s %d; not reviewed %d; busiest %s"
                .formatted(
                        progress.sent(),
                        events,
                        progress.inserted(),
                        progress.updated(),
                        strongest,
                        EarthquakeWatch.NETWORK,
                        watch.ofNetwork(),
                        watch.automatic(),
                        busiest);
    }

    private String bar(int sent) {
        int full = (int) (20L * sent / Math.max(1, events));
        return "[" + "#".repeat(full) + ".".repeat(20 - full) + "]";
    }

    private static void section(List<String> lines, String title, List<String> entries) {
        lines.add(title);
        for (int i = 0; i < ROWS_PER_LIST; i++) {
            lines.add(i < entries.size() ? entries.get(i) : "");
        }
        lines.add("");
    }

    private static List<String> sightings(List<Sighting> sightings) {
        return sightings.stream().map(EarthquakeScreen::line).toList();
    }

    private static String line(Activity a) {
        return String.format(Locale.ROOT, "  %5d  strongest %.2f  %s", a.events(), a.strongest(), a.name());
    }

    private static String line(Sighting s) {
        return String.format(
                Locale.ROOT,
                "  %5.2f  %s  %-2s  %-9s  %s",
                s.magnitude(),
                TIME.format(s.occurredAt()),
                s.network(),
                s.status(),
                s.place());
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }
}
