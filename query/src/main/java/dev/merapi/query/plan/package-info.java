/**
 * Makes a bound tree cheaper without changing what it means: conditions go to where their rows come from, and joins
 * into an order that avoids products. A small fixed set of steps, all of them always right; no search, no statistics.
 * Which index is used, and how two inputs are joined, is decided when the tree is made executable.
 */
package dev.merapi.query.plan;
