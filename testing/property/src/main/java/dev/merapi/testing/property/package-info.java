/**
 * Property tests: a claim is checked on many random values; a value that refutes it is made smaller before it is shown.
 *
 * <p>Read in this order: {@link Property} runs a claim, {@link Draw} is what random values are made from, {@link
 * Generator} is a recipe that draws, {@link Generators} has the common recipes.
 *
 * <p>All random decisions of a run form one sequence of numbers. The sequence follows from a seed, so a failure is
 * replayed by its seed; and shrinking works on that sequence alone, so every generator shrinks without knowing it.
 * Nothing here is safe for use by several threads at once.
 */
package dev.merapi.testing.property;
