/**
 * Takes the condition of a template apart: what an index finds, what has to be asked of those it finds, and how the
 * parameters of one request become the selections of one member.
 */
package dev.merapi.query.live.condition;
