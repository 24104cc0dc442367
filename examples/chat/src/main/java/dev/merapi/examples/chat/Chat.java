package dev.merapi.examples.chat;

import dev.merapi.api.module.ClientConnected;
import dev.merapi.api.module.ClientDisconnected;
import dev.merapi.api.module.Module;
import dev.merapi.api.module.Reducer;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.ReducerException;

// tag::module[]
/** What clients of the chat can do. */
@Module("chat")
public final class Chat {
    // end::module[]
    private static final int MAX_TEXT_LENGTH = 2000;

    private Chat() {}

    // tag::setName[]
    /** Gives the caller a name. */
    @Reducer
    static void setName(ReducerContext<Db> ctx, String name) {
        UserTable users = ctx.db().user();
        User user = users.identity()
                .find(ctx.sender())
                .orElseThrow(() -> new ReducerException("Cannot set name for unknown user"));
        users.identity().update(user.withName(required(name, "Names")));
    }
    // end::setName[]

    // tag::sendMessage[]
    /** Says something to everybody. */
    @Reducer
    static void sendMessage(ReducerContext<Db> ctx, String text) {
        ctx.db().message().insert(new Message(0, ctx.sender(), ctx.timestamp(), required(text, "Messages")));
    }
    // end::sendMessage[]

    // tag::connected[]
    /** Notes that somebody is here, and who they are if they come for the first time. */
    @ClientConnected
    static void connected(ReducerContext<Db> ctx) {
        UserTable users = ctx.db().user();
        User user = users.identity()
                .find(ctx.sender())
                .map(known -> known.withOnline(true))
                .orElseGet(() -> new User(ctx.sender(), null, true));
        users.identity().upsert(user);
    }
    // end::connected[]

    /** Notes that somebody has gone. */
    @ClientDisconnected
    static void disconnected(ReducerContext<Db> ctx) {
        UserTable users = ctx.db().user();
        users.identity()
                .find(ctx.sender())
                .ifPresentOrElse(
                        user -> users.identity().update(user.withOnline(false)),
                        () -> ctx.log().warn("disconnect of unknown user " + ctx.sender()));
    }

    private static String required(String text, String what) {
        if (text.isEmpty()) {
            throw new ReducerException(what + " must not be empty");
        }
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new ReducerException(what + " have at most " + MAX_TEXT_LENGTH + " characters");
        }
        return text;
    }
}
