package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonText;
import java.util.Map;

/** The claims about a caller as one JSON object. */
public final class ClaimsJson {
    private ClaimsJson() {}

    /**
     * Puts claims together. One whose text is a JSON object or array is that; every other one is a text.
     *
     * @param user the claim {@code sub}, unless there is one; empty: nobody
     * @param role the claim {@code role}, unless there is one
     */
    public static Json of(Map<String, String> claims, String user, String role) {
        JsonTree.Members object = JsonTree.object();
        if (!user.isEmpty()) {
            object.members().put("sub", new JsonTree.Text(user));
        }
        object.members().put("role", new JsonTree.Text(role));
        claims.forEach((name, value) -> object.members().put(name, claim(value)));
        return object.json();
    }

    private static JsonTree claim(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return JsonTree.of(new Json(JsonText.canonical(text)));
            } catch (CodedException e) {
                return new JsonTree.Text(text); // begins like JSON and is none
            }
        }
        return new JsonTree.Text(text);
    }
}
