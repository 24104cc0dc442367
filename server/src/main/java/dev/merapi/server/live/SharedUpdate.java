package dev.merapi.server.live;

import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage.Update;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one commit changed in one result, as messages for all who follow it. The last part is said in one of two ways,
 * depending on whether the commit has more for the client; each is encoded once. Owned by the live thread.
 */
final class SharedUpdate {
    private final List<SharedMessage> allButLast;
    private final Update lastPart;
    private final int lastBytes;
    private @Nullable SharedMessage endingResult;
    private @Nullable SharedMessage endingCommit;

    /**
     * @param parts the changes in pieces that fit messages; at least one
     */
    SharedUpdate(long resultId, long offset, long timestampMicros, List<List<RowChange>> parts) {
        int last = parts.size() - 1;
        allButLast = new ArrayList<>(last);
        for (List<RowChange> part : parts.subList(0, last)) {
            Update update = new Update(resultId, offset, timestampMicros, part, Update.End.PART);
            allButLast.add(new SharedMessage(update, Changes.messageBytes(part)));
        }
        lastPart = new Update(resultId, offset, timestampMicros, parts.get(last), Update.End.RESULT);
        lastBytes = Changes.messageBytes(parts.get(last));
    }

    void sendTo(Outlet outlet, Update.End end) {
        for (SharedMessage message : allButLast) {
            outlet.send(message);
        }
        outlet.send(last(end));
    }

    private SharedMessage last(Update.End end) {
        SharedMessage message = end == Update.End.COMMIT ? endingCommit : endingResult;
        if (message == null) {
            message = new SharedMessage(lastPart.endingIn(end), lastBytes);
            if (end == Update.End.COMMIT) {
                endingCommit = message;
            } else {
                endingResult = message;
            }
        }
        return message;
    }
}
