package dev.merapi.server.module;

import dev.merapi.api.value.Identity;
import java.util.function.LongSupplier;

/**
 * What a module's calls share with their database.
 *
 * @param database the identity of the database, the sender of scheduled calls
 * @param seeds a seed for each call; used by the writer's thread alone
 */
record ModuleSurroundings(Identity database, LongSupplier seeds, ModuleLog log) {}
