/**
 * What can be configured: limits, authentication, where data lives. Immutable values, checked when they are made,
 * without files or threads.
 */
package dev.merapi.server.config;
