package everything;

import dev.merapi.api.module.Bits;
import dev.merapi.api.module.Decimal;
import dev.merapi.api.module.Table;
import dev.merapi.api.module.Unsigned;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A column of each type. */
@Table
public record AllTypes(
        boolean flag,
        byte i8,
        short i16,
        int i32,
        long i64,
        @Unsigned byte u8,
        @Unsigned short u16,
        @Unsigned int u32,
        @Unsigned long u64,
        @Unsigned @Bits(8) short u8Number,
        @Unsigned @Bits(16) int u16Number,
        @Unsigned @Bits(32) long u32Number,
        @Unsigned @Bits(64) BigInteger u64Number,
        @Bits(128) BigInteger i128,
        @Unsigned @Bits(128) BigInteger u128,
        @Bits(256) BigInteger i256,
        @Unsigned @Bits(256) BigInteger u256,
        float f32,
        double f64,
        String text,
        byte[] bytes,
        BigDecimal numeric,
        @Decimal(precision = 12, scale = 2) BigDecimal money,
        LocalDate date,
        LocalTime time,
        LocalDateTime timestamp,
        Instant instant,
        Duration duration,
        Interval interval,
        UUID uuid,
        Json json,
        Identity identity,
        ConnectionId connectionId,
        State state,
        Shape shape,
        Point point,
        Integer boxed,
        @Nullable Boolean maybeFlag,
        byte @Nullable [] maybeBytes,
        @Unsigned @Nullable Integer maybeU32,
        Optional<State> maybeState,
        List<String> texts,
        List<@Unsigned Integer> u32s,
        List<@Nullable Shape> shapes,
        List<List<Point>> lists,
        @Nullable List<Short> maybeShorts) {}
