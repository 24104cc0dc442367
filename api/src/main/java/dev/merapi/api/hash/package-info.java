/** Hash functions the JDK does not have. Not exported. */
package dev.merapi.api.hash;
