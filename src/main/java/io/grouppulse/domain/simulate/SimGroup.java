package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.agrona.collections.IntArrayList;

/**
 * One group and who is in it. Customers stand in order of loudness: the first few do most of the talking, most never
 * talk at all; those who buy are mostly found from the other end, where the newcomers are.
 */
final class SimGroup {
    private static final double TALKERS = 0.4;
    private static final double BUYERS = 0.85;
    private static final int LOOKS = 40;

    private final GroupProfile profile;
    private final List<Person> crew;
    private final IntArrayList customers;
    private final Crowd crowd;
    private final long silentFrom;

    /** @param crew the leader first, then staff, then perhaps a bot */
    SimGroup(GroupProfile profile, List<Person> crew, IntArrayList customers, Crowd crowd, long silentFrom) {
        this.profile = profile;
        this.crew = crew;
        this.customers = customers;
        this.crowd = crowd;
        this.silentFrom = silentFrom;
    }

    String id() {
        return profile.group();
    }

    GroupProfile profile() {
        return profile;
    }

    int size() {
        return customers.size();
    }

    boolean isFull() {
        return size() + crew.size() >= profile.capacity();
    }

    boolean isSilentAt(long ts) {
        return ts >= silentFrom;
    }

    Person leader() {
        return crew.get(0);
    }

    Person someCrew(Dice dice) {
        return crew.get(dice.below(crew.size()));
    }

    Person talker(Dice dice, long ts) {
        return around(ts, () -> {
            double rank = dice.unit();
            return (int) (size() * TALKERS * rank * rank * rank);
        });
    }

    Person shopper(Dice dice, long ts) {
        return around(ts, () -> size() - 1 - (int) (size() * BUYERS * StrictMath.pow(dice.unit(), 1.5)));
    }

    Person anyone(Dice dice, long ts) {
        return around(ts, () -> dice.below(size()));
    }

    /** The one who joined last. */
    Person newest() {
        return at(size() - 1);
    }

    /** Different customers who are there that day, at most as many as there are. */
    List<Person> several(int count, Dice dice, long ts) {
        int first = dice.below(size());
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < size() && people.size() < count; i++) {
            int index = (first + i) % size();
            if (crowd.has(customers.getInt(index), ts)) {
                people.add(at(index));
            }
        }
        return people;
    }

    /** All customers who are there that day. */
    List<Person> allAround(long ts) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (crowd.has(customers.getInt(i), ts)) {
                people.add(at(i));
            }
        }
        return people;
    }

    boolean has(Person person) {
        return person.role() == null && customers.containsInt(person.number());
    }

    /** Whether it belongs to this part of all groups; which they are is the same in every sale. */
    boolean isOneOf(double part) {
        return (Dice.mix(id().hashCode()) >>> 11) * 0x1.0p-53 < part;
    }

    Person join(World world, Dice dice) {
        customers.addInt(world.comer(customers, dice));
        return at(size() - 1);
    }

    /** Takes out a customer, newcomers first to go. */
    Person leave(Dice dice) {
        int index = size() - 1 - (int) (size() * dice.unit() * dice.unit());
        Person leaver = at(index);
        customers.removeAt(index);
        return leaver;
    }

    /** Takes out this one, if still there. */
    boolean leave(Person person) {
        int index = customers.indexOf(person.number());
        if (index >= 0) {
            customers.removeAt(index);
        }
        return index >= 0;
    }

    GroupRoster roster(long ts) {
        List<GroupRoster.Entry> entries = new ArrayList<>(crew.size() + size());
        for (Person person : crew) {
            entries.add(new GroupRoster.Entry(person.id(), person.role() == null ? Role.CUSTOMER : person.role()));
        }
        customers.forEachInt(number ->
                entries.add(new GroupRoster.Entry(Person.customer(number).id(), Role.CUSTOMER)));
        return new GroupRoster(id(), ts, ts, entries);
    }

    /** Who is drawn, and drawn again for as long as they are not there that day, within reason. */
    private Person around(long ts, IntSupplier drawn) {
        int index = drawn.getAsInt();
        for (int look = 1; look < LOOKS && !crowd.has(customers.getInt(index), ts); look++) {
            index = drawn.getAsInt();
        }
        return at(index);
    }

    private Person at(int index) {
        return Person.customer(customers.getInt(index));
    }
}
