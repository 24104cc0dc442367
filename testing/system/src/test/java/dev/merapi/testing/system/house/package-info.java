/**
 * The rules of the house, as tests: where things stand, which way they look, how large they may grow.
 *
 * <p>Each test is one rule. When it fails it lists every place that breaks the rule, after the rule itself and its
 * reason; where a rule is wrong for a case, the exception is written here with the reason, where a reviewer sees it.
 */
package dev.merapi.testing.system.house;
