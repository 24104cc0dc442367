package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows OVER, and the WINDOW clause. */
final class WindowParser {
    private final TokenStream tokens;
    private final Parser parser;

    WindowParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** {@code WINDOW name AS (…), …}, if it stands here. */
    List<Window.Named> clause() {
        return tokens.acceptWord("window") ? tokens.commaList(this::named) : List.of();
    }

    private Window.Named named() {
        String name = tokens.columnName();
        tokens.expectWord("as");
        return new Window.Named(name, specification());
    }

    /** A name or a specification in parentheses. */
    Window over() {
        if (tokens.isPunctuation("(")) {
            return specification();
        }
        int position = tokens.position();
        return new Window(tokens.columnName(), true, List.of(), List.of(), null, position);
    }

    private Window specification() {
        int position = tokens.position();
        tokens.expectPunctuation("(");
        String base = startsClause(tokens.peek()) ? null : tokens.acceptColumnName();
        List<Expr> partitionBy = List.of();
        if (tokens.acceptWords("partition", "by")) {
            partitionBy = parser.expressions().expressions();
        }
        List<SortItem> orderBy = parser.queries().orderBy();
        Window.Frame frame = frame();
        tokens.expectPunctuation(")");
        return new Window(base, false, partitionBy, orderBy, frame, position);
    }

    private boolean startsClause(Token token) {
        return (token.isWord("partition") && tokens.peek(1).isWord("by"))
                || token.isWord("order")
                || token.isWord("rows")
                || token.isWord("range")
                || token.isWord("groups");
    }

    private Window.@Nullable Frame frame() {
        int position = tokens.position();
        Window.Unit unit;
        if (tokens.acceptWord("rows")) {
            unit = Window.Unit.ROWS;
        } else if (tokens.acceptWord("range")) {
            unit = Window.Unit.RANGE;
        } else if (tokens.acceptWord("groups")) {
            unit = Window.Unit.GROUPS;
        } else {
            return null;
        }
        Window.Bound start;
        Window.Bound end = new Window.Bound(Window.BoundKind.CURRENT_ROW, null);
        if (tokens.acceptWord("between")) {
            start = bound();
            tokens.expectWord("and");
            end = bound();
        } else {
            start = bound();
        }
        return new Window.Frame(unit, start, end, exclusion(), position);
    }

    private Window.Bound bound() {
        if (tokens.acceptWords("current", "row")) {
            return new Window.Bound(Window.BoundKind.CURRENT_ROW, null);
        }
        if (tokens.isWord("unbounded")
                && (tokens.peek(1).isWord("preceding") || tokens.peek(1).isWord("following"))) {
            tokens.next();
            boolean preceding = tokens.next().isWord("preceding");
            return new Window.Bound(
                    preceding ? Window.BoundKind.UNBOUNDED_PRECEDING : Window.BoundKind.UNBOUNDED_FOLLOWING, null);
        }
        Expr offset = parser.expressions().expression();
        if (tokens.acceptWord("preceding")) {
            return new Window.Bound(Window.BoundKind.PRECEDING, offset);
        }
        tokens.expectWord("following");
        return new Window.Bound(Window.BoundKind.FOLLOWING, offset);
    }

    private Window.Exclusion exclusion() {
        if (!tokens.acceptWord("exclude")) {
            return Window.Exclusion.NO_OTHERS;
        }
        if (tokens.acceptWords("current", "row")) {
            return Window.Exclusion.CURRENT_ROW;
        }
        if (tokens.acceptWord("group")) {
            return Window.Exclusion.GROUP;
        }
        if (tokens.acceptWord("ties")) {
            return Window.Exclusion.TIES;
        }
        tokens.expectWord("no");
        tokens.expectWord("others");
        return Window.Exclusion.NO_OTHERS;
    }
}
