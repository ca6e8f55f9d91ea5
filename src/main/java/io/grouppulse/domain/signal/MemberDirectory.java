package io.grouppulse.domain.signal;

import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gives each member of a group a small index, and remembers the role that a roster gave it. */
public final class MemberDirectory {
    private final PackedIds ids = new PackedIds();
    private byte[] rosterRoles = {};

    /** The member's index; a new one at first sight. */
    public int indexOf(String member) {
        int index = ids.find(member);
        return index == PackedIds.UNKNOWN ? ids.add(member) : index;
    }

    /** Gives the member another id, that of nobody else; false if it is not known. */
    public boolean rename(String member, String newId) {
        int index = ids.find(member);
        if (index == PackedIds.UNKNOWN) {
            return false;
        }
        ids.replace(index, newId);
        return true;
    }

    public boolean knows(String member) {
        return ids.find(member) != PackedIds.UNKNOWN;
    }

    public String idOf(int index) {
        return ids.get(index);
    }

    public int size() {
        return ids.size();
    }

    /** The role that a roster gave the member, or null if none did. */
    public @Nullable Role rosterRole(int index) {
        return index < rosterRoles.length && rosterRoles[index] > 0 ? Role.values()[rosterRoles[index] - 1] : null;
    }

    /** Whether an act counts as a customer's: a roster's word wins over the event's; silence means customer. */
    public boolean isCustomer(int index, @Nullable Role said) {
        Role known = rosterRole(index);
        Role role = known == null ? said : known;
        return role == null || role == Role.CUSTOMER;
    }

    public void setRosterRole(int index, Role role) {
        if (index >= rosterRoles.length) {
            rosterRoles = Arrays.copyOf(rosterRoles, Math.max(ids.size(), index + 1));
        }
        rosterRoles[index] = (byte) (role.ordinal() + 1);
    }

    public void save(SavedWriter out) {
        ids.save(out);
        out.number(rosterRoles.length);
        for (byte role : rosterRoles) {
            out.number(role);
        }
    }

    public void restore(SavedReader in) {
        ids.restore(in);
        rosterRoles = new byte[in.size()];
        for (int i = 0; i < rosterRoles.length; i++) {
            rosterRoles[i] = (byte) in.number();
        }
    }
}
