/**
 * From the tree as written to one that runs well: conditions move down to where they apply, sub-queries become joins
 * where that is the same. A rule that is not certain to keep the meaning, NULLs, errors and volatile calls included, is
 * not here.
 */
package dev.merapi.query.plan;
