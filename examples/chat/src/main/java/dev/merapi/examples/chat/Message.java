package dev.merapi.examples.chat;

import static dev.merapi.api.module.Visibility.PUBLIC;

import dev.merapi.api.module.AutoInc;
import dev.merapi.api.module.Index;
import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.value.Identity;
import java.time.Instant;

// tag::message[]
/** Something somebody said. */
@Table(visibility = PUBLIC)
public record Message(@PrimaryKey @AutoInc long id, @Index Identity sender, Instant sent, String text) {}
// end::message[]
