package io.grouppulse.alert;

import io.grouppulse.domain.alert.Notification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one webhook has not taken yet, in order. Only what has been saved is given out, so that after a crash the same
 * notification goes out under the same key. Full, it drops the oldest: the newest says how things are. Not thread-safe.
 */
final class Outbox {
    static final int CAPACITY = 1_000;

    private final ArrayDeque<Notification> saved = new ArrayDeque<>();
    private final ArrayDeque<Notification> unsaved = new ArrayDeque<>();
    private int inSave;

    Outbox(Collection<Notification> found) {
        saved.addAll(found);
    }

    /** Adds one; returns how many were dropped for it. */
    int add(Notification notification) {
        unsaved.addLast(notification);
        if (size() <= CAPACITY) {
            return 0;
        }
        if (saved.pollFirst() == null) {
            unsaved.removeFirst();
            inSave = Math.max(0, inSave - 1);
        }
        return 1;
    }

    int size() {
        return saved.size() + unsaved.size();
    }

    /** What must be saved; {@link #saved} says later that it has been. */
    List<Notification> save() {
        inSave = unsaved.size();
        List<Notification> all = new ArrayList<>(saved);
        all.addAll(unsaved);
        return all;
    }

    void saved() {
        for (; inSave > 0; inSave--) {
            saved.addLast(unsaved.removeFirst());
        }
    }

    /** The oldest that may go out, or null; it stays until {@link #remove}. */
    @Nullable Notification first() {
        return saved.peekFirst();
    }

    void remove(Notification taken) {
        saved.remove(taken);
    }
}
