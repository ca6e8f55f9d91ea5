package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import java.util.ArrayList;
import java.util.List;

/** 接龙: the leader starts a list, each who joins posts the whole list again with one line more; some only press a button. */
final class Chains {
    private static final double BY_BUTTON = 0.3;
    private static final double REPOST = 0.1;
    private static final double EDIT = 0.08;

    private final Stage stage;
    private final Dice dice;

    Chains(Stage stage) {
        this.stage = stage;
        dice = stage.dice();
    }

    void start(SimGroup group, long ts) {
        Catalogue.Item item = stage.catalogue().draw(dice);
        String head = "#接龙 " + stage.scribe().newId('c') + "\n" + item.name() + " " + item.price() / 100 + ".9元";
        Chain chain = new Chain(group, head, new ArrayList<>());
        post(chain, group.leader(), ts);
        for (Person person : group.several(4 + dice.below(12), dice, ts)) {
            stage.agenda().at(ts + 1_000 + dice.waitMillis(60_000), at -> join(chain, person, at));
        }
    }

    private void join(Chain chain, Person person, long ts) {
        if (dice.chance(BY_BUTTON)) {
            stage.scribe()
                    .draft(EventType.CHAIN_JOINED, ts, chain.group())
                    .by(person)
                    .send();
            return;
        }
        int place = chain.lines().size();
        chain.lines().add(line(person));
        post(chain, person, ts);
        if (dice.chance(EDIT)) {
            stage.agenda().at(ts + dice.waitMillis(30_000), at -> {
                chain.lines().set(place, line(person));
                post(chain, person, at);
            });
        }
        if (dice.chance(REPOST)) {
            stage.agenda().at(ts + dice.waitMillis(20_000), at -> post(chain, person, at));
        }
    }

    private String line(Person person) {
        return person.id() + " " + (1 + dice.below(3)) + "份";
    }

    private void post(Chain chain, Person person, long ts) {
        stage.scribe()
                .draft(EventType.CHAIN_POSTED, ts, chain.group())
                .by(person)
                .chain(chain.hashed(), chain.text())
                .send();
    }

    private record Chain(SimGroup group, String head, List<String> lines) {
        String text() {
            StringBuilder text = new StringBuilder(head);
            for (int i = 0; i < lines.size(); i++) {
                text.append('\n').append(i + 1).append(". ").append(lines.get(i));
            }
            return text.toString();
        }

        ChainPost hashed() {
            return new ChainPost(hash(head), lines.stream().map(Chain::hash).toList());
        }

        private static long hash(String line) {
            long hash = line.length();
            for (int i = 0; i < line.length(); i++) {
                hash = Dice.mix(hash * 31 + line.charAt(i));
            }
            return hash;
        }
    }
}
