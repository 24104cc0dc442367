package dev.merapi.store;

import java.util.random.RandomGenerator;

/**
 * How to open a database.
 *
 * @param name for messages and metrics
 * @param constraintCompiler compiles CHECKs; {@link ConstraintCompiler#NONE} refuses them
 * @param random draws the id of a new database's history
 */
public record DatabaseOptions(
        String name, StoreLimits limits, ConstraintCompiler constraintCompiler, RandomGenerator random) {}
