/** Errors as part of the protocol: a stable code, a category and a retry answer, apart from the prose. */
package dev.merapi.api.error;
