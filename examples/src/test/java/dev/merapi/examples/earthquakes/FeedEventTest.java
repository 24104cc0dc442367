package dev.merapi.examples.earthquakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FeedEventTest {
    private static final List<Earthquake> EARTHQUAKES = EarthquakeFile.read();

    @Test
    void the_file_is_read_whole() {
        assertThat(EARTHQUAKES).hasSize(1707);
        assertThat(EARTHQUAKES).extracting(Earthquake::id).doesNotHaveDuplicates();
        assertThat(EARTHQUAKES.getFirst())
                .isEqualTo(new Earthquake(
                        "uw61345682",
                        Instant.parse("2018-01-31T01:49:59.650Z"),
                        Instant.parse("2018-02-06T18:39:40.200Z"),
                        0.31,
                        "ml",
                        3.28,
                        46.2035,
                        -122.197,
                        "37km NNE of Amboy, Washington",
                        "uw",
                        "earthquake",
                        "reviewed",
                        null,
                        false,
                        1));
        assertThat(EARTHQUAKES).filteredOn(e -> e.felt() != null).hasSize(127);
    }

    @Test
    void events_come_in_the_order_in_which_they_happened_and_nothing_is_revised_before_it_is_detected() {
        List<FeedEvent> timeline = FeedEvent.timeline(EARTHQUAKES);

        assertThat(timeline).hasSize(2 * EARTHQUAKES.size()).isSortedAccordingTo(Comparator.comparing(FeedEvent::at));
        Set<String> detected = new HashSet<>();
        for (FeedEvent event : timeline) {
            switch (event) {
                case FeedEvent.Detected d ->
                    assertThat(detected.add(d.earthquake().id())).isTrue();
                case FeedEvent.Revised r ->
                    assertThat(detected).contains(r.earthquake().id());
            }
        }
    }
}
