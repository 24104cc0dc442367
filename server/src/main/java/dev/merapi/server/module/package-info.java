/**
 * Modules at work: the tables of a database made as a module wants them, its functions run as transactions on the
 * writer's thread. Passive but for the threads of procedures; what belongs to the writer says so.
 */
package dev.merapi.server.module;
