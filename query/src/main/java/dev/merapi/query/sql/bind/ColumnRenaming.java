package dev.merapi.query.sql.bind;

import dev.merapi.query.sql.parse.NameParts;
import dev.merapi.query.sql.parse.ScriptParser;
import java.util.List;

/** Gives a column its new name wherever a stored expression without queries mentions it. */
final class ColumnRenaming {
    private ColumnRenaming() {}

    static String rename(String sql, String column, String newName) {
        List<NameParts.Place> mentions = ColumnReferences.of(ScriptParser.expression(sql)).stream()
                .filter(name -> name.last().equals(column))
                .map(name -> new NameParts.Place(name, name.parts().size() - 1))
                .toList();
        return NameParts.replace(sql, mentions, newName);
    }
}
