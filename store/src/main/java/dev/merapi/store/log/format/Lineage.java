package dev.merapi.store.log.format;

import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a database and where each began. Clients may see a commit before it is durable; if the process then
 * ends without finishing the log, recovery may lack that commit, and another one will get its offset. A new epoch
 * begins with such a recovery: a position of an older epoch is part of this history only up to where that epoch
 * ended. Immutable.
 *
 * @param epochs ascending by first offset, the present one last; only the newest {@link #MAX_EPOCHS} are kept
 */
public record Lineage(List<Epoch> epochs) {
    /** Positions from further back can be refused: each epoch is a crash the client slept through. */
    public static final int MAX_EPOCHS = 64;

    /** An epoch and the offset of the first commit that could be made in it. */
    public record Epoch(long id, long firstOffset) {}

    public Lineage {
        epochs = List.copyOf(epochs);
    }

    public static Lineage of(long epoch) {
        return new Lineage(List.of(new Epoch(epoch, 1)));
    }

    public long current() {
        return epochs.getLast().id();
    }

    public Lineage with(long epoch, long firstOffset) {
        List<Epoch> extended =
                new ArrayList<>(epochs.subList(Math.max(0, epochs.size() + 1 - MAX_EPOCHS), epochs.size()));
        extended.add(new Epoch(epoch, firstOffset));
        return new Lineage(extended);
    }

    /** Whether a commit with this offset, seen in this epoch, is part of the history that ends at the last offset. */
    public boolean contains(long epoch, long offset, long lastOffset) {
        long end = lastOffset;
        for (int i = epochs.size() - 1; i >= 0; i--) {
            Epoch candidate = epochs.get(i);
            if (candidate.id() == epoch) {
                return offset >= 0 && offset <= end;
            }
            // The lowest of all later beginnings: salvage may have cut back behind several epochs at once.
            end = Math.min(end, candidate.firstOffset() - 1);
        }
        return false;
    }

    public void writeTo(BsatnWriter out) {
        out.putInt(epochs.size());
        for (Epoch epoch : epochs) {
            out.putLong(epoch.id()).putLong(epoch.firstOffset());
        }
    }

    public static Lineage readFrom(BsatnReader in) {
        int count = in.getCount(16);
        if (count == 0 || count > MAX_EPOCHS) {
            throw Varint.malformed("unexpected number of epochs", count);
        }
        List<Epoch> epochs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            epochs.add(new Epoch(in.getLong(), in.getLong()));
        }
        return new Lineage(epochs);
    }
}
