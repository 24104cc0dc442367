package dev.merapi.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the server. A browser sends the origin of the page with each request; programs send none
 * and are not asked.
 *
 * <p>A page that was loaded from this very server may connect, but only if the name it was loaded under is one that
 * cannot have been made up: an address, {@code localhost} or the configured host. Otherwise a page could let its own
 * domain name point to this machine and pass for ours.
 */
final class OriginPolicy {
    private final boolean all;
    private final Set<String> allowed = new HashSet<>();
    private final String configuredHost;

    OriginPolicy(List<String> origins, String configuredHost) {
        this.all = origins.contains("*");
        origins.forEach(origin -> allowed.add(origin.toLowerCase(Locale.ROOT)));
        this.configuredHost = configuredHost.toLowerCase(Locale.ROOT);
    }

    /**
     * @param origin the Origin header, or null
     * @param host the Host header, or null
     */
    boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || all || allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (host == null) {
            return false;
        }
        try {
            URI uri = new URI(origin);
            return Objects.equals(uri.getAuthority(), host) && isOurName(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private boolean isOurName(@Nullable String name) {
        if (name == null) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.equals(configuredHost) || isAddress(lower);
    }

    private static boolean isAddress(String name) {
        return name.startsWith("[") || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
