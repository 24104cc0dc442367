/** Numbers, bytes, dates and times as text, the way PostgreSQL prints and reads them. Stateless. */
package dev.merapi.api.text;
