package dev.merapi.examples.chat;

import static dev.merapi.api.module.Visibility.PUBLIC;

import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.value.Identity;
import org.jspecify.annotations.Nullable;

// tag::user[]
/** Somebody who has been here, under a name or none yet. */
@Table(visibility = PUBLIC)
public record User(@PrimaryKey Identity identity, @Nullable String name, boolean online) {
    User withName(String newName) {
        return new User(identity, newName, online);
    }

    User withOnline(boolean nowOnline) {
        return new User(identity, name, nowOnline);
    }
}
// end::user[]
