/** Holds pages to what they show: their code is code that compiles and runs. */
package dev.merapi.testing.system.docs;
