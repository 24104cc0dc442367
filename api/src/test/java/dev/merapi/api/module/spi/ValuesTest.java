package dev.merapi.api.module.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.ScheduleAt;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ValuesTest {
    @Test
    void schedules_have_the_bytes_of_spacetimedb() {
        assertThat(hex(ScheduleAt.every(Duration.ofMillis(50)), Values::putScheduleAt))
                .isEqualTo("0050c3000000000000");
        assertThat(hex(ScheduleAt.at(Instant.ofEpochSecond(1_700_000_000)), Values::putScheduleAt))
                .isEqualTo("0100401e18240a0600");
    }

    @Test
    void a_schedule_comes_back_as_it_was_written() {
        for (ScheduleAt schedule : List.of(
                ScheduleAt.every(Duration.ofNanos(1_000)),
                ScheduleAt.every(ScheduleAt.LONGEST),
                ScheduleAt.at(Instant.EPOCH.minusNanos(1_000)))) {
            assertThat(read(bytes(schedule, Values::putScheduleAt), Values::getScheduleAt))
                    .isEqualTo(schedule);
        }
    }

    @Test
    void a_schedule_that_never_waits_is_refused() {
        assertThatThrownBy(() -> ScheduleAt.every(Duration.ZERO)).hasMessageContaining("positive interval");
        assertThatThrownBy(() -> read(HexFormat.of().parseHex("02" + "00".repeat(8)), Values::getScheduleAt))
                .hasMessageContaining("tag=2");
    }

    @Test
    void integers_that_do_not_fit_their_column_are_refused() {
        BsatnWriter out = new BsatnWriter();

        Values.putInteger(out, ScalarType.U32, 4_294_967_295L);
        assertThat(Values.getInteger(new BsatnReader(out.toByteArray()), ScalarType.U32))
                .isEqualTo(4_294_967_295L);
        assertThatThrownBy(() -> Values.putInteger(out, ScalarType.U32, -1)).hasMessageContaining("out of range");
        assertThatThrownBy(() -> Values.putBigInteger(out, ScalarType.U128, BigInteger.ONE.negate()))
                .hasMessageContaining("out of range");
    }

    @Test
    void a_duration_is_an_interval_of_microseconds_and_takes_days_from_sql() {
        Duration negative = Duration.ofMillis(-1);

        assertThat(read(bytes(negative, Values::putDuration), Values::getDuration))
                .isEqualTo(negative);
        assertThat(read(bytes(new Interval(0, 2, 1), Values::putInterval), Values::getDuration))
                .isEqualTo(Duration.ofDays(2).plusNanos(1_000));
        assertThatThrownBy(() -> read(bytes(new Interval(1, 0, 0), Values::putInterval), Values::getDuration))
                .hasMessageContaining("months");
    }

    @Test
    void lists_and_absent_values_come_back() {
        byte[] list = bytes(List.of("a", "b"), (out, texts) -> Values.putList(out, texts, BsatnWriter::putString));
        byte[] none = bytes(Optional.<String>empty(), (out, o) -> Values.putOptional(out, o, BsatnWriter::putString));

        List<String> texts = read(list, in -> Values.getList(in, BsatnReader::getString));
        assertThat(texts).containsExactly("a", "b");
        assertThat(none).containsExactly(1);
        Optional<String> text = read(none, in -> Values.getOptional(in, BsatnReader::getString));
        assertThat(text).isEmpty();
        assertThatThrownBy(() -> Values.required(null, "name")).hasMessageContaining("column=name");
    }

    private static <T> String hex(T value, ValueWriter<T> writer) {
        return HexFormat.of().formatHex(bytes(value, writer));
    }

    private static <T> byte[] bytes(T value, ValueWriter<T> writer) {
        BsatnWriter out = new BsatnWriter();
        writer.put(out, value);
        return out.toByteArray();
    }

    private static <T> T read(byte[] bytes, ValueReader<T> reader) {
        BsatnReader in = new BsatnReader(bytes);
        T value = reader.get(in);
        in.expectEnd();
        return value;
    }
}
