package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;

/** Flash sales over many groups at once: at 10, 12, 15 and 18 o'clock, in a show every few minutes. */
final class FlashSales {
    private static final double FIRST_WAVE = 0.15;
    private static final double SHOW_WAVE = 0.16;

    /** Of a past only the sales of these groups are told, always the same ones, so that people come again. */
    private static final double PAST_GROUPS = 0.04;

    private static final double NEWCOMERS = 4;

    private final Stage stage;
    private final Dice dice;
    private final Promotions promotions;
    private final Comings comings;
    private final FlashCalendar calendar;

    FlashSales(Stage stage, Promotions promotions, Comings comings) {
        this.stage = stage;
        dice = stage.dice();
        this.promotions = promotions;
        this.comings = comings;
        calendar = new FlashCalendar(stage.settings());
    }

    /** Plans the first sale; each sale plans its successor. */
    void open() {
        stage.agenda().at(calendar.first(), this::hold);
    }

    private void hold(long ts) {
        String campaign = calendar.campaign(ts);
        for (SimGroup group : stage.world().groups()) {
            if (takesPart(group, ts)) {
                stage.agenda().at(ts + dice.below(2_000), at -> start(group, campaign, at));
            }
        }
        stage.agenda().at(calendar.after(ts), this::hold);
    }

    private void start(SimGroup group, String campaign, long ts) {
        boolean show = stage.settings().isShowAt(ts);
        announce(EventType.FLASH_STARTED, group, campaign, ts);
        long end = ts + (show ? 90_000 : 600_000);
        stage.agenda().at(end, at -> announce(EventType.FLASH_ENDED, group, campaign, at));
        double reach = show ? SHOW_WAVE : FIRST_WAVE;
        double spread = show ? 20_000 : 60_000;
        stage.agenda().at(ts + 300, at -> promotions.wave(group, at, campaign, reach, spread));
        stage.agenda().at((ts + end) / 2, at -> promotions.wave(group, at, campaign, reach / 3, spread));
        if (stage.settings().isPastAt(ts)) {
            comings.flock(group, ts, dice.poisson(NEWCOMERS));
        }
    }

    private boolean takesPart(SimGroup group, long ts) {
        if (stage.settings().isPastAt(ts)) {
            return group.isOneOf(PAST_GROUPS);
        }
        return dice.chance(stage.settings().isShowAt(ts) ? 0.3 : 0.7);
    }

    private void announce(EventType type, SimGroup group, String campaign, long ts) {
        stage.scribe()
                .draft(type, ts, group)
                .by(group.leader())
                .campaign(campaign)
                .send();
    }
}
