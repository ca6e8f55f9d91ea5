package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * One group and who is in it. Customers stand in order of loudness: the first few do most of the talking, most never
 * talk at all; those who buy are mostly found from the other end, where the newcomers are.
 */
final class SimGroup {
    private static final double TALKERS = 0.4;
    private static final double BUYERS = 0.85;

    private final GroupProfile profile;
    private final List<Person> crew;
    private final IntArrayList customers;
    private final long silentFrom;

    /** @param crew the leader first, then staff, then perhaps a bot */
    SimGroup(GroupProfile profile, List<Person> crew, IntArrayList customers, long silentFrom) {
        this.profile = profile;
        this.crew = crew;
        this.customers = customers;
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

    Person talker(Dice dice) {
        double rank = dice.unit();
        return at((int) (size() * TALKERS * rank * rank * rank));
    }

    Person shopper(Dice dice) {
        return at(size() - 1 - (int) (size() * BUYERS * StrictMath.pow(dice.unit(), 1.5)));
    }

    Person anyone(Dice dice) {
        return at(dice.below(size()));
    }

    /** Different customers, at most as many as there are. */
    List<Person> several(int count, Dice dice) {
        int first = dice.below(size());
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < Math.min(count, size()); i++) {
            people.add(at((first + i) % size()));
        }
        return people;
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

    GroupRoster roster(long ts) {
        List<GroupRoster.Entry> entries = new ArrayList<>(crew.size() + size());
        for (Person person : crew) {
            entries.add(new GroupRoster.Entry(person.id(), person.role() == null ? Role.CUSTOMER : person.role()));
        }
        customers.forEachInt(number ->
                entries.add(new GroupRoster.Entry(Person.customer(number).id(), Role.CUSTOMER)));
        return new GroupRoster(id(), ts, ts, entries);
    }

    private Person at(int index) {
        return Person.customer(customers.getInt(index));
    }
}
