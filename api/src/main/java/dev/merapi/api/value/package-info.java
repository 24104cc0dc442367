/** Rows as bytes: the BSATN encoding, reading columns in place, keys compared without decoding. */
package dev.merapi.api.value;
