/**
 * Live queries as an application sees them: options, the handles that give rows or events, and what those are made of.
 */
package dev.merapi.client.live;
