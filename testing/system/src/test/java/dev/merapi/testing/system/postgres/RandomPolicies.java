package dev.merapi.testing.system.postgres;

import java.util.ArrayList;
import java.util.List;

/** Random policies for two tables, one that says who is in which team, and random statements of random callers. */
final class RandomPolicies {
    static final List<String> TABLES = List.of(
            "CREATE TABLE members (person text, team integer, PRIMARY KEY (person, team))",
            "CREATE TABLE docs (id integer PRIMARY KEY, owner text, team integer, title text UNIQUE, n integer NOT"
                    + " NULL)");

    private static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dan");

    private final Chance chance;

    RandomPolicies(long seed) {
        this.chance = new Chance(seed);
    }

    /** Rows, policies, and which tables they are in force for. */
    List<String> definitions() {
        List<String> all = new ArrayList<>(TABLES);
        for (String person : PEOPLE) {
            all.add("INSERT INTO members VALUES ('%s', %d)".formatted(person, chance.between(1, 2)));
        }
        all.add("INSERT INTO members VALUES ('ann', 3), ('bob', 3)");
        for (int id = 1; id <= 8; id++) {
            all.add("INSERT INTO docs VALUES (%d, %s, %s, 't%d', %d)"
                    .formatted(id, owner(), team(), id, chance.between(0, 5)));
        }
        boolean both = chance.oneIn(3);
        all.add("ALTER TABLE docs ENABLE ROW LEVEL SECURITY");
        if (both) {
            all.add("ALTER TABLE members ENABLE ROW LEVEL SECURITY");
        }
        for (int i = chance.between(1, 6); i > 0; i--) {
            all.add(policy("p" + i, "docs", this::condition));
        }
        for (int i = both ? chance.between(1, 2) : 0; i > 0; i--) {
            all.add(policy("m" + i, "members", this::memberCondition));
        }
        return all;
    }

    private String policy(String name, String table, java.util.function.Supplier<String> conditions) {
        String command = chance.pick("ALL", "ALL", "ALL", "SELECT", "SELECT", "INSERT", "UPDATE", "DELETE");
        StringBuilder sql = new StringBuilder("CREATE POLICY " + name + " ON " + table);
        if (chance.oneIn(4)) {
            sql.append(" AS RESTRICTIVE");
        }
        sql.append(" FOR ").append(command);
        if (chance.oneIn(3)) {
            sql.append(" TO ").append(chance.pick("editor", "viewer", "editor, viewer", "PUBLIC"));
        }
        boolean check =
                command.equals("INSERT") || (!command.equals("SELECT") && !command.equals("DELETE") && chance.oneIn(2));
        if (!command.equals("INSERT") && !(check && chance.oneIn(8))) {
            sql.append(" USING (").append(conditions.get()).append(')');
        }
        if (check) {
            sql.append(" WITH CHECK (").append(conditions.get()).append(')');
        }
        return sql.toString();
    }

    private String condition() {
        return switch (chance.below(14)) {
            case 0, 1, 2 -> "owner = auth.uid()";
            case 3 -> "docs.team = (auth.jwt() ->> 'team')::int";
            case 4 -> "auth.role() = 'editor'";
            case 5 -> "n > " + chance.between(0, 4);
            case 6 -> "true";
            case 7 -> chance.pick("false", "NULL", "owner IS NULL");
            case 8, 9 -> "EXISTS (SELECT 1 FROM members m WHERE m.team = docs.team AND m.person = auth.uid())";
            case 10 -> "team IN (SELECT team FROM members WHERE person = auth.uid())";
            case 11 -> "(" + condition() + ") AND (" + condition() + ")";
            case 12 -> "(" + condition() + ") OR (" + condition() + ")";
            default -> "NOT (" + condition() + ")";
        };
    }

    private String memberCondition() {
        return chance.pick("person = auth.uid()", "team < 3", "true", "auth.role() <> 'anon'");
    }

    PolicyCaller caller() {
        return new PolicyCaller(
                chance.oneIn(8) ? "" : chance.pick(PEOPLE), chance.pick(PolicyCaller.ROLES), chance.between(1, 3));
    }

    private String owner() {
        return chance.oneIn(6) ? "NULL" : "'" + chance.pick(PEOPLE) + "'";
    }

    private String team() {
        return chance.oneIn(6) ? "NULL" : String.valueOf(chance.between(1, 3));
    }

    private String row() {
        int id = chance.between(1, 14);
        return "(%d, %s, %s, 't%d', %d)".formatted(id, owner(), team(), id, chance.between(0, 5));
    }

    private String where() {
        return switch (chance.below(7)) {
            case 0 -> "";
            case 1 -> " WHERE id = " + chance.between(1, 12);
            case 2 -> " WHERE n % 2 = " + chance.below(2);
            case 3 -> " WHERE team = " + chance.between(1, 3);
            case 4 -> " WHERE EXISTS (SELECT 1 FROM members x WHERE x.team = docs.team)";
            case 5 -> " WHERE title LIKE 't%' AND owner IS NOT NULL";
            default -> " WHERE true";
        };
    }

    private String assignments() {
        return switch (chance.below(5)) {
            case 0 -> "n = n + 1";
            case 1 -> "owner = " + owner();
            case 2 -> "team = " + team();
            case 3 -> "n = " + chance.between(0, 5);
            default -> "owner = " + owner() + ", team = team";
        };
    }

    private String returning() {
        return switch (chance.below(4)) {
            case 0 -> " RETURNING id, owner, team, n";
            case 1 -> " RETURNING 1";
            default -> "";
        };
    }

    String statement() {
        return switch (chance.below(16)) {
            case 0, 1, 2 -> "SELECT id, owner, team, n FROM docs" + where();
            case 3 -> "SELECT d.id, m.person FROM docs d JOIN members m ON m.team = d.team AND m.person <> d.owner";
            case 4 -> "SELECT team, count(*), sum(n) FROM docs" + where() + " GROUP BY team";
            case 5 -> "WITH members AS (SELECT 'ann' AS person, 1 AS team) SELECT id FROM docs" + where();
            case 6, 7 -> "INSERT INTO docs VALUES " + row() + returning();
            case 8 -> "INSERT INTO docs VALUES " + row() + conflict() + returning();
            case 9, 10, 11 -> "UPDATE docs SET " + assignments() + where() + returning();
            case 12 ->
                "UPDATE docs SET n = 5 FROM members m WHERE m.person = 'ann'"
                        + chance.pick("", " AND m.team = docs.team") + returning();
            case 13 -> "DELETE FROM docs" + where() + returning();
            case 14 -> "INSERT INTO members VALUES ('" + chance.pick(PEOPLE) + "', " + chance.between(1, 3) + ")";
            default -> merge();
        };
    }

    private String conflict() {
        return switch (chance.below(5)) {
            case 0 -> " ON CONFLICT DO NOTHING";
            case 1 -> " ON CONFLICT (id) DO NOTHING";
            case 2 -> " ON CONFLICT ON CONSTRAINT docs_pkey DO NOTHING";
            case 3 -> " ON CONFLICT (id) DO UPDATE SET n = docs.n + excluded.n";
            default -> " ON CONFLICT (id) DO UPDATE SET owner = " + owner() + " WHERE docs.n < 3";
        };
    }

    private String merge() {
        String matched =
                chance.pick("DELETE", "UPDATE SET " + assignments(), "UPDATE SET " + assignments(), "DO NOTHING");
        return "MERGE INTO docs USING (VALUES (%d, 'ann'), (%d, 'bob')) AS v(k, who) ON docs.id = v.k"
                        .formatted(chance.between(1, 6), chance.between(7, 14))
                + " WHEN MATCHED THEN " + matched
                + " WHEN NOT MATCHED THEN INSERT (id, owner, team, title, n)"
                + " VALUES (v.k, v.who, 1, 'm' || v.k, 1)";
    }
}
