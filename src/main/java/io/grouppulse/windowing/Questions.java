package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskActiveMinutes;
import io.grouppulse.bus.Messages.AskBreadth;
import io.grouppulse.bus.Messages.AskBuyers;
import io.grouppulse.bus.Messages.AskConversions;
import io.grouppulse.bus.Messages.AskFactors;
import io.grouppulse.bus.Messages.AskGroupBuys;
import io.grouppulse.bus.Messages.AskGrowth;
import io.grouppulse.bus.Messages.AskHistory;
import io.grouppulse.bus.Messages.AskJoins;
import io.grouppulse.bus.Messages.AskLedger;
import io.grouppulse.bus.Messages.AskMembership;
import io.grouppulse.bus.Messages.AskOrderBoard;
import io.grouppulse.bus.Messages.AskPresence;
import io.grouppulse.bus.Messages.AskRain;
import io.grouppulse.bus.Messages.AskReach;
import io.grouppulse.bus.Messages.AskResponses;
import io.grouppulse.bus.Messages.AskSlots;
import io.grouppulse.bus.Messages.AskStretches;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** What can be asked of a shard's groups, and who answers it. */
final class Questions {
    private final Map<Class<?>, BiFunction<ShardEngine, Object, GroupWalk<?>>> answers = new HashMap<>();

    Questions(ZoneId zone) {
        PeopleReader people = new PeopleReader(zone);
        answer(AskHistory.class, HistoryReader::walk);
        answer(AskActiveMinutes.class, HistoryReader::walk);
        answer(AskRain.class, RainReader::walk);
        answer(AskStretches.class, RainReader::walk);
        answer(AskLedger.class, LedgerReader::walk);
        answer(AskOrderBoard.class, LedgerReader::walk);
        answer(AskPresence.class, people::walk);
        answer(AskMembership.class, people::walk);
        answer(AskJoins.class, people::walk);
        answer(AskBuyers.class, BuyersReader::walk);
        answer(AskSlots.class, SlotReader::walk);
        answer(AskGrowth.class, people::walk);
        answer(AskBreadth.class, people::walk);
        answer(AskConversions.class, ReachReader::walk);
        answer(AskGroupBuys.class, ReachReader::walk);
        answer(AskFactors.class, ReachReader::walk);
        answer(AskResponses.class, ReachReader::walk);
        answer(AskReach.class, ReachReader::walk);
    }

    private <Q> void answer(Class<Q> question, BiFunction<ShardEngine, Q, GroupWalk<?>> reader) {
        answers.put(question, (engine, asked) -> reader.apply(engine, question.cast(asked)));
    }

    /** What a question can be. */
    Set<Class<?>> known() {
        return Set.copyOf(answers.keySet());
    }

    /** @throws IllegalArgumentException if that is no question to a shard */
    GroupWalk<?> walk(ShardEngine engine, Object question) {
        BiFunction<ShardEngine, Object, GroupWalk<?>> reader = answers.get(question.getClass());
        if (reader == null) {
            throw new IllegalArgumentException("a shard does not answer " + question.getClass());
        }
        return reader.apply(engine, question);
    }
}
