/** What a server says about itself. */
package dev.merapi.server.ops;
