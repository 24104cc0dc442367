package dev.merapi.examples.earthquakes;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the week of events that comes with the examples. */
public final class EarthquakeFile {
    private static final String RESOURCE = "earthquakes.csv";

    private EarthquakeFile() {}

    /** All events of the file, in its order. */
    public static List<Earthquake> read() {
        InputStream resource = EarthquakeFile.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + " is missing from the examples");
        }
        List<Earthquake> events = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines =
                CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            lines.forEach(line -> events.add(event(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static Earthquake event(NamedCsvRecord line) {
        return new Earthquake(
                line.getField("id"),
                Instant.parse(line.getField("time")),
                Instant.parse(line.getField("updated")),
                Double.parseDouble(line.getField("magnitude")),
                line.getField("magnitude_type"),
                Double.parseDouble(line.getField("depth_km")),
                Double.parseDouble(line.getField("latitude")),
                Double.parseDouble(line.getField("longitude")),
                line.getField("place"),
                line.getField("network"),
                line.getField("event_type"),
                line.getField("status"),
                integer(line.getField("felt")),
                line.getField("tsunami").equals("1"),
                Integer.parseInt(line.getField("significance")));
    }

    private static @Nullable Integer integer(String text) {
        return text.isEmpty() ? null : Integer.valueOf(text);
    }
}
