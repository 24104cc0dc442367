package dev.merapi.server.live;

import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveCensus;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.query.live.LiveResult;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.query.system.LiveDescription.Listing;
import dev.merapi.query.system.LiveDescription.Result;
import dev.merapi.query.system.LiveDescription.State;
import dev.merapi.query.system.LiveDescription.Subscriber;
import dev.merapi.query.system.LiveDescription.Template;
import dev.merapi.query.system.LiveDescription.Tier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes pictures of what is kept live, for whoever asks: immutable, and all of one moment. Used by the live thread, on
 * which it takes time in proportion to the results and subscribers there are.
 */
final class Introspection {
    private final Audiences audiences;
    private final @Nullable LiveCensus census;
    private final long offset;
    private final int limit;

    /**
     * @param queries null while lost
     * @param limit rows of each table at most
     */
    Introspection(Audiences audiences, @Nullable LiveQueries queries, long offset, int limit) {
        this.audiences = audiences;
        this.census = queries == null ? null : queries.census();
        this.offset = offset;
        this.limit = limit;
    }

    LiveDescription description() {
        LiveCensus counted = census;
        return counted == null
                ? new LiveDescription(
                        offset,
                        LiveDescription.EMPTY.templates(),
                        LiveDescription.EMPTY.results(),
                        LiveDescription.EMPTY.subscribers(),
                        LiveDescription.EMPTY.arrangements())
                : new LiveDescription(
                        offset, counted.templates(limit), results(counted), subscribers(), counted.arrangements(limit));
    }

    private Listing<Result> results(LiveCensus counted) {
        List<Result> rows = new ArrayList<>();
        for (Audience audience : audiences.audiences()) {
            if (rows.size() >= limit) {
                break;
            }
            rows.add(result(audience, counted.size(audience.result())));
        }
        return new Listing<>(rows, audiences.audiences().size());
    }

    private static Result result(Audience audience, LiveCensus.ResultSize size) {
        LiveRequest request =
                audience.members().getFirst().subscriptions.getFirst().request();
        long lastChanged = audience.lastChanged();
        return new Result(
                audience.result().id(),
                size.templateId(),
                size.tier(),
                request.sql(),
                request.parameters().stream().map(Introspection::text).toList(),
                size.subscribers(),
                size.rows(),
                size.bytes(),
                audience.since(),
                lastChanged == 0 ? null : lastChanged);
    }

    private static String text(@Nullable Object parameter) {
        return switch (parameter) {
            case null -> "NULL";
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            default -> parameter.toString();
        };
    }

    private Listing<Subscriber> subscribers() {
        List<Subscriber> rows = new ArrayList<>();
        for (Reader reader : audiences.readers()) {
            for (Subscription subscription : reader.subscriptions()) {
                if (rows.size() < limit && subscription.member != null) {
                    rows.add(subscriber(
                            subscription, subscription.member.audience().result()));
                }
            }
        }
        return new Listing<>(rows, audiences.size());
    }

    private Subscriber subscriber(Subscription subscription, LiveResult result) {
        State state = state(subscription);
        return new Subscriber(
                subscription.outlet().id(),
                subscription.id(),
                subscription.request().session().user(),
                subscription.request().session().role(),
                result.id(),
                state,
                state == State.LOADING ? null : told(subscription, result),
                subscription.outlet().queuedBytes());
    }

    private static State state(Subscription subscription) {
        return switch (subscription.state) {
            case REQUESTED, LOADING -> State.LOADING;
            case CATCHING_UP -> subscription.behind ? State.LAGGING : State.LOADING;
            case LIVE -> State.LIVE;
            case LAGGING -> State.LAGGING;
        };
    }

    /** Up to where the client has been told, or will be by what waits in its outbox. */
    private long told(Subscription subscription, LiveResult result) {
        if (subscription.state != Subscription.State.LIVE) {
            return Math.min(subscription.position, offset);
        }
        return result instanceof DerivedResult derived && derived.isStale() ? derived.asOf() : offset;
    }

    LiveSummary summary() {
        LiveCensus counted = census;
        if (counted == null) {
            return LiveSummary.NONE;
        }
        Listing<Template> templates = counted.templates(Integer.MAX_VALUE);
        Map<Tier, Long> results = new EnumMap<>(Tier.class);
        long rows = 0;
        long bytes = 0;
        for (Template template : templates.rows()) {
            results.merge(template.tier(), template.results(), Long::sum);
            rows += template.rows();
            bytes += template.bytes();
        }
        Map<State, Long> subscribers = new EnumMap<>(State.class);
        long maxLag = 0;
        for (Reader reader : audiences.readers()) {
            for (Subscription subscription : reader.subscriptions()) {
                State state = state(subscription);
                subscribers.merge(state, 1L, Long::sum);
                if (state != State.LOADING && subscription.member != null) {
                    long told =
                            told(subscription, subscription.member.audience().result());
                    maxLag = Math.max(maxLag, offset - told);
                }
            }
        }
        return new LiveSummary(results, templates.total(), subscribers, rows, bytes, maxLag);
    }
}
