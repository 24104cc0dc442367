package dev.merapi.testing.property;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A recipe for random values: it draws what it needs and builds a value from it, without any other source of chance.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface Generator<T extends @Nullable Object> {

    /** Makes one value. The simplest value has to come out when every draw is at its simplest. */
    T generate(Draw draw);

    /** The values of this generator, each turned into something else. */
    default <R extends @Nullable Object> Generator<R> map(Function<? super T, ? extends R> change) {
        return draw -> change.apply(generate(draw));
    }

    /** For each value of this generator, a value of the generator made from it. */
    default <R extends @Nullable Object> Generator<R> flatMap(Function<? super T, Generator<R>> next) {
        return draw -> next.apply(generate(draw)).generate(draw);
    }

    /** Only values that fit; runs that draw another are discarded, so let most values fit. */
    default Generator<T> filter(Predicate<? super T> fits) {
        return draw -> {
            T value = generate(draw);
            Property.assume(fits.test(value));
            return value;
        };
    }

    /** Null in one of about eight draws, and as the simplest value. */
    default Generator<@Nullable T> orNull() {
        return draw -> draw.oneIn(8) ? null : generate(draw);
    }

    /** Lists of this generator's values with {@code minSize} to {@code maxSize} elements. */
    default Generator<List<T>> list(int minSize, int maxSize) {
        return draw -> draw.list(minSize, maxSize, this);
    }
}
