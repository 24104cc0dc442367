/**
 * Who is on the other side: tokens become identities, or are refused. Stateless after construction, any thread.
 */
package dev.merapi.server.auth;
