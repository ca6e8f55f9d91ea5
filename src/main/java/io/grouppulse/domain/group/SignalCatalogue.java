package io.grouppulse.domain.group;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.WindowedCounters;
import io.grouppulse.domain.signal.activeness.ActivenessSignal;
import io.grouppulse.domain.signal.chain.ChainSignal;
import io.grouppulse.domain.signal.conversion.ConversionSignal;
import io.grouppulse.domain.signal.groupbuy.GroupBuySignal;
import io.grouppulse.domain.signal.membership.MembershipSignal;
import io.grouppulse.domain.signal.orderrain.OrderSignal;
import io.grouppulse.domain.signal.orderrain.PaymentListener;
import io.grouppulse.domain.signal.past.PastSignal;
import io.grouppulse.domain.signal.stimulus.StimulusSignal;
import java.util.List;

/** Every signal of a group, in the order in which they see events and are saved. */
final class SignalCatalogue {
    private final PastSignal past;
    private final MembershipSignal membership;
    private final ActivenessSignal activeness;
    private final OrderSignal orders;
    private final StimulusSignal stimuli;
    private final GroupBuySignal groupBuys;
    private final List<GroupSignal> all;

    SignalCatalogue(GroupSettings settings, WindowedCounters counters) {
        past = new PastSignal(settings);
        membership = new MembershipSignal(counters, past);
        activeness = new ActivenessSignal(settings, counters, past, past::onRevoked);
        ConversionSignal conversion = new ConversionSignal(settings, counters);
        orders = new OrderSignal(settings, counters, paymentsTo(conversion));
        stimuli = new StimulusSignal(settings, counters);
        groupBuys = new GroupBuySignal(settings);
        // The past comes first: a message is told of before it turns out to have been revoked, and the others fall back
        // on it when an act is taken back.
        all = List.of(past, membership, activeness, conversion, orders, new ChainSignal(counters), stimuli, groupBuys);
    }

    private static PaymentListener paymentsTo(ConversionSignal conversion) {
        return new PaymentListener() {
            @Override
            public void onPaid(int member, long ts) {
                conversion.onPaid(member, ts);
            }

            @Override
            public void onUnpaid(int member, long ts) {
                conversion.onUnpaid(member, ts);
            }
        };
    }

    PastSignal past() {
        return past;
    }

    MembershipSignal membership() {
        return membership;
    }

    ActivenessSignal activeness() {
        return activeness;
    }

    OrderSignal orders() {
        return orders;
    }

    GroupBuySignal groupBuys() {
        return groupBuys;
    }

    StimulusSignal stimuli() {
        return stimuli;
    }

    void onEvent(GroupSignal.Sighting sighting) {
        for (GroupSignal signal : all) {
            signal.onEvent(sighting);
        }
    }

    void onAct(Act act) {
        all.forEach(signal -> signal.onAct(act));
    }

    void onActTakenBack(Act act) {
        all.forEach(signal -> signal.onActTakenBack(act));
    }

    void onTime(long t) {
        for (GroupSignal signal : all) {
            signal.onTime(t);
        }
    }

    void onExcluded(int member) {
        for (GroupSignal signal : all) {
            signal.onExcluded(member);
        }
    }

    long nextDue() {
        long due = Long.MAX_VALUE;
        for (GroupSignal signal : all) {
            due = Math.min(due, signal.nextDue());
        }
        return due;
    }

    void save(SavedWriter out) {
        for (GroupSignal signal : all) {
            signal.save(out);
        }
    }

    void restore(SavedReader in) {
        for (GroupSignal signal : all) {
            signal.restore(in);
        }
    }
}
