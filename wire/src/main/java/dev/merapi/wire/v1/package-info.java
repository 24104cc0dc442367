/**
 * Merapi's own protocol, version 1: BSATN-encoded sum types in binary WebSocket frames, specified in
 * {@code docs/protocol/v1.md}.
 */
package dev.merapi.wire.v1;
