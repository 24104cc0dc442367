package dev.merapi.server.connection;

import dev.merapi.server.database.SqlService;
import dev.merapi.server.live.LiveStage;
import dev.merapi.server.module.ModuleHost;

/** A database as connections see it. */
public record DatabaseGate(String name, SqlService sql, LiveStage live, ModuleHost modules) {}
