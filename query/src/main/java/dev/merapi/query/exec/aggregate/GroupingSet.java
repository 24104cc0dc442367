package dev.merapi.query.exec.aggregate;

import dev.merapi.query.exec.operator.KeyReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One set of columns to group by, out of those of the whole grouping.
 *
 * @param key null for the empty set, which has one group whether there are rows or not
 * @param present for each grouping column whether it is in the set
 * @param groupingBits for each GROUPING(…) call its value in this set
 */
public record GroupingSet(@Nullable KeyReader key, List<Boolean> present, List<Integer> groupingBits) {}
