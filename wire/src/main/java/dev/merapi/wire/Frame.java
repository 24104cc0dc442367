package dev.merapi.wire;

/** One whole WebSocket message, its fragments put together. */
public sealed interface Frame {
    /** Must not be modified after it was handed over. */
    record Binary(byte[] bytes) implements Frame {}

    record Text(String text) implements Frame {}
}
