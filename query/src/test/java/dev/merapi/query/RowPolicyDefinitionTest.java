package dev.merapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import org.junit.jupiter.api.Test;

class RowPolicyDefinitionTest {
    private static final String POLICIES = "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 2";

    private final SqlWorld world = new SqlWorld(
            "CREATE TABLE members (person text, team int, PRIMARY KEY (person, team))",
            "CREATE TABLE docs (id int PRIMARY KEY, owner text, team int)",
            "CREATE POLICY a ON docs USING (owner = auth.uid()) WITH CHECK (docs.owner = auth.uid() AND team > 0)",
            "CREATE POLICY b ON docs USING (EXISTS (SELECT 1 FROM members WHERE members.team = docs.team"
                    + " AND person = auth.uid()))");

    @Test
    void a_renamed_column_is_followed_wherever_it_is_meant() {
        world.run("ALTER TABLE docs RENAME COLUMN team TO squad");
        world.run("ALTER TABLE members RENAME COLUMN person TO who");

        assertThat(world.rows(POLICIES))
                .containsExactly(
                        "docs|a|owner = auth.uid()|docs.owner = auth.uid() AND \"squad\" > 0",
                        "docs|b|EXISTS (SELECT 1 FROM members WHERE members.team = docs.\"squad\""
                                + " AND \"who\" = auth.uid())|NULL");
    }

    @Test
    void a_renamed_table_is_followed_wherever_it_goes_by_its_name() {
        world.run("ALTER TABLE docs RENAME TO papers");
        world.run("ALTER TABLE members RENAME TO people");

        assertThat(world.rows(POLICIES))
                .containsExactly(
                        "papers|a|owner = auth.uid()|\"papers\".owner = auth.uid() AND team > 0",
                        "papers|b|EXISTS (SELECT 1 FROM \"people\" WHERE \"people\".team = \"papers\".team"
                                + " AND person = auth.uid())|NULL");
    }

    @Test
    void a_name_that_joins_by_itself_cannot_be_followed() {
        world.run("CREATE POLICY c ON docs USING (EXISTS (SELECT 1 FROM members m JOIN members n USING (team)))");

        refused("ALTER TABLE members RENAME COLUMN team TO squad", ErrorCode.DEPENDENT_OBJECTS);
    }

    @Test
    void what_a_policy_needs_stays_unless_the_policy_goes_too() {
        refused("ALTER TABLE docs DROP COLUMN owner", ErrorCode.DEPENDENT_OBJECTS);
        refused("DROP TABLE members", ErrorCode.DEPENDENT_OBJECTS);
        refused("ALTER TABLE docs ALTER COLUMN team TYPE bigint", ErrorCode.UNSUPPORTED_SQL);

        world.run("DROP TABLE members CASCADE");
        assertThat(world.rows("SELECT policyname FROM pg_policies")).containsExactly("a");
        world.run("ALTER TABLE docs DROP COLUMN owner CASCADE");
        assertThat(world.rows("SELECT policyname FROM pg_policies")).isEmpty();
    }

    @Test
    void the_catalog_says_what_is_in_force() {
        world.run("ALTER TABLE docs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");

        assertThat(world.rows("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'docs'"))
                .containsExactly("t|t");
        assertThat(world.rows("SELECT tablename FROM pg_tables WHERE rowsecurity"))
                .containsExactly("docs");
    }

    @Test
    void conditions_are_checked_when_they_are_made() {
        refused("CREATE POLICY c ON docs USING (nothing = 1)", ErrorCode.UNKNOWN_COLUMN);
        refused("CREATE POLICY c ON docs USING (team)", ErrorCode.TYPE_MISMATCH);
        refused("CREATE POLICY c ON docs USING (count(*) > 1)", ErrorCode.GROUPING_ERROR);
        refused("CREATE POLICY a ON docs USING (true)", ErrorCode.DUPLICATE_OBJECT);
        refused("ALTER POLICY z ON docs USING (true)", ErrorCode.UNKNOWN_OBJECT);
        refused("CREATE POLICY c ON docs FOR SELECT WITH CHECK (true)", ErrorCode.SYNTAX_ERROR);
    }

    private void refused(String sql, ErrorCode code) {
        assertThatExceptionOfType(CodedException.class)
                .as(sql)
                .isThrownBy(() -> world.run(sql))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
