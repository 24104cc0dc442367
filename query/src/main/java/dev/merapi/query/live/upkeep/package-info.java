/**
 * What keeps the rows of derived results current: a circuit that carries changes into them, or running their query
 * again. Both have work that is too long for the live thread; they hand it out as {@link
 * dev.merapi.query.live.upkeep.LiveWork} and take it back when somebody has done it.
 */
package dev.merapi.query.live.upkeep;
