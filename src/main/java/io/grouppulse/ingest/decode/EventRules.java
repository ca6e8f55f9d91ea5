package io.grouppulse.ingest.decode;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.ChainText;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Names;
import io.grouppulse.domain.event.Role;
import io.grouppulse.ingest.Rejection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contract's field rules: what a draft must say to become an event. */
final class EventRules {
    private static final Field[] FIELDS = Field.values();
    private static final int UP_TO_TYPE = Field.ID.bit() | Field.TYPE.bit();
    private static final int ECHO = 64;

    private EventRules() {}

    /** The first rule that the draft breaks, null if it is sound. */
    static @Nullable Rejection check(Draft draft) {
        Rejection head = fault(draft, UP_TO_TYPE, UP_TO_TYPE);
        if (head != null) {
            return head;
        }
        String name = draft.need(Field.TYPE);
        EventType type = EventType.ofWireName(name);
        if (type == null) {
            return reject(draft, Rejection.Code.UNKNOWN_TYPE, Field.TYPE, "no such type: " + Names.shown(name, ECHO));
        }
        return fault(draft, Field.allowed(type), Field.required(type));
    }

    /** The event of a draft that passed {@link #check}. */
    static GroupEvent build(Draft draft, String defaultSource) {
        EventType type = Objects.requireNonNull(EventType.ofWireName(draft.need(Field.TYPE)));
        int allowed = Field.allowed(type);
        String source = draft.text(Field.SOURCE);
        String group = text(draft, Field.GROUP, allowed);
        return new GroupEvent(
                source == null ? defaultSource : source,
                draft.need(Field.ID),
                type,
                draft.number(Field.TS, 0),
                group == null ? "" : group,
                text(draft, Field.MEMBER, allowed),
                role(text(draft, Field.ROLE, allowed)),
                text(draft, Field.ORDER, allowed),
                number(draft, Field.AMOUNT, allowed, GroupEvent.NO_AMOUNT),
                text(draft, Field.ITEM, allowed),
                (int) number(draft, Field.QUANTITY, allowed, 0),
                text(draft, Field.SHARE, allowed),
                text(draft, Field.INVITER, allowed),
                text(draft, Field.CHANNEL, allowed),
                text(draft, Field.CAMPAIGN, allowed),
                text(draft, Field.REASON, allowed),
                text(draft, Field.TARGET, allowed),
                chain(text(draft, Field.TEXT, allowed)));
    }

    static Rejection reject(Draft draft, Rejection.Code code, @Nullable Field field, String detail) {
        return new Rejection(code, draft.text(Field.ID), field == null ? null : field.wireName(), detail);
    }

    private static @Nullable Rejection fault(Draft draft, int allowed, int required) {
        int wrong = draft.wrong() & allowed;
        int faults = wrong | (required & ~draft.present());
        if (faults == 0) {
            return null;
        }
        Field first = FIELDS[Integer.numberOfTrailingZeros(faults)];
        if ((wrong & first.bit()) != 0) {
            return reject(draft, Rejection.Code.BAD_FIELD, first, first.wireName() + " must be " + first.rule());
        }
        String who = first == Field.ID || first == Field.TYPE ? "an event" : draft.need(Field.TYPE);
        return reject(draft, Rejection.Code.MISSING_FIELD, first, who + " needs " + first.wireName());
    }

    private static @Nullable String text(Draft draft, Field field, int allowed) {
        return (allowed & field.bit()) == 0 ? null : draft.text(field);
    }

    private static long number(Draft draft, Field field, int allowed, long absent) {
        return (allowed & field.bit()) == 0 ? absent : draft.number(field, absent);
    }

    private static @Nullable Role role(@Nullable String name) {
        return name == null ? null : Role.ofWireName(name);
    }

    private static @Nullable ChainPost chain(@Nullable String text) {
        return text == null ? null : ChainText.parse(text);
    }
}
