package dev.merapi.query.expr.jsonpath;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.JsonTree;
import dev.merapi.query.expr.value.JsonValues;
import dev.merapi.query.expr.value.TextOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The item methods of paths, and how items compare. */
final class PathMethods {
    private PathMethods() {}

    static JsonTree apply(String name, JsonTree item, boolean strict) {
        return switch (name) {
            case "type" -> new JsonTree.Text(item.typeName());
            case "size" -> size(item, strict);
            case "ceiling" -> number(Decimals.ceiling(numeric(name, item)));
            case "floor" -> number(Decimals.floor(numeric(name, item)));
            case "abs" -> number(numeric(name, item).abs());
            case "double" -> JsonValues.of(ScalarType.F64, toNumber(name, item).doubleValue());
            case "number", "decimal" -> number(toNumber(name, item));
            case "integer" -> integer(name, item, 31);
            case "bigint" -> integer(name, item, 63);
            case "boolean" -> new JsonTree.Bool(toBoolean(item));
            default -> new JsonTree.Text(toText(item));
        };
    }

    private static JsonTree number(BigDecimal value) {
        return new JsonTree.Num(value);
    }

    private static JsonTree size(JsonTree item, boolean strict) {
        if (item instanceof JsonTree.Array array) {
            return number(BigDecimal.valueOf(array.elements().size()));
        }
        if (strict) {
            throw PathEvaluator.error("size() can only be applied to an array");
        }
        return number(BigDecimal.ONE);
    }

    private static BigDecimal numeric(String name, JsonTree item) {
        if (item instanceof JsonTree.Num number) {
            return number.value();
        }
        throw PathEvaluator.error("this method can only be applied to a numeric value")
                .with("method", name + "()");
    }

    /** Numbers, and texts that are numbers. */
    private static BigDecimal toNumber(String name, JsonTree item) {
        if (item instanceof JsonTree.Text text) {
            try {
                return new BigDecimal(text.value().strip());
            } catch (NumberFormatException e) {
                throw PathEvaluator.error("argument of this method is not a number")
                        .with("method", name + "()")
                        .causedBy(e);
            }
        }
        return numeric(name, item);
    }

    private static JsonTree integer(String name, JsonTree item, int bits) {
        if (item instanceof JsonTree.Text text && text.value().indexOf('.') >= 0) {
            throw PathEvaluator.error("argument of this method is not an integer")
                    .with("method", name + "()");
        }
        BigInteger value =
                toNumber(name, item).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (value.bitLength() > bits) {
            throw PathEvaluator.error("argument of this method is out of range").with("method", name + "()");
        }
        return number(new BigDecimal(value));
    }

    private static boolean toBoolean(JsonTree item) {
        if (item instanceof JsonTree.Bool bool) {
            return bool.value();
        }
        if (item instanceof JsonTree.Num number) {
            return number.value().signum() != 0;
        }
        if (item instanceof JsonTree.Text text) {
            switch (text.value().toLowerCase(Locale.ROOT)) {
                case "true", "t", "yes", "y", "on", "1" -> {
                    return true;
                }
                case "false", "f", "no", "n", "off", "0" -> {
                    return false;
                }
                default -> {
                    // refused below
                }
            }
        }
        throw PathEvaluator.error("argument of this method is no truth value").with("method", "boolean()");
    }

    private static String toText(JsonTree item) {
        String text = item.asText();
        if (text == null || item instanceof JsonTree.Array || item instanceof JsonTree.Members) {
            throw PathEvaluator.error("string() can only be applied to a scalar")
                    .with("type", item.typeName());
        }
        return text;
    }

    /** The members of an object as objects of key, value and an id of where they come from. */
    static List<JsonTree> keyValues(JsonTree item) {
        if (!(item instanceof JsonTree.Members object)) {
            throw PathEvaluator.error("keyvalue() can only be applied to an object");
        }
        List<JsonTree> pairs = new ArrayList<>();
        object.members().forEach((key, value) -> {
            JsonTree.Members pair = JsonTree.object();
            pair.members().put("id", number(BigDecimal.ZERO));
            pair.members().put("key", new JsonTree.Text(key));
            pair.members().put("value", value);
            pairs.add(pair);
        });
        return pairs;
    }

    /** Scalars of one kind compare; null is equal to null and different from all else; the rest is unknown. */
    static @Nullable Boolean compare(String operator, JsonTree left, JsonTree right) {
        boolean leftNull = left instanceof JsonTree.Null;
        if (leftNull != right instanceof JsonTree.Null) {
            return operator.equals("!=");
        }
        Integer order = order(left, right);
        if (order == null) {
            return null;
        }
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static @Nullable Integer order(JsonTree left, JsonTree right) {
        if (left instanceof JsonTree.Null) {
            return 0;
        }
        if (left instanceof JsonTree.Num a && right instanceof JsonTree.Num b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof JsonTree.Text a && right instanceof JsonTree.Text b) {
            return TextOrder.compare(a.value(), b.value());
        }
        if (left instanceof JsonTree.Bool a && right instanceof JsonTree.Bool b) {
            return Boolean.compare(a.value(), b.value());
        }
        return null;
    }
}
