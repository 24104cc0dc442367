/** Results as text: tables for people, JSON lines and CSV for programs. No state beyond one result. */
package dev.merapi.cli.output;
