package io.grouppulse.domain.simulate;

import java.util.ArrayList;
import java.util.List;

/** All that people and operators may begin of their own accord, and how often. */
final class Repertoire {
    private final List<Scene> scenes = new ArrayList<>();
    private final Weights frequency;
    private final FlashSales flashSales;
    private final Dice dice;

    /** Something that begins in a group at a moment. */
    private interface Scene {
        void play(SimGroup group, long ts);
    }

    Repertoire(Stage stage) {
        dice = stage.dice();
        Chatter chatter = new Chatter(stage);
        Shopping shopping = new Shopping(stage);
        Promotions promotions = new Promotions(stage, chatter, shopping);
        Comings comings = new Comings(stage, chatter);
        flashSales = new FlashSales(stage, promotions, comings);

        List<Double> shares = new ArrayList<>();
        add(shares, 0.52, chatter::speak);
        add(shares, 0.30, shopping::browse);
        add(shares, 0.003, shopping::buyDirectly);
        add(shares, 0.07, chatter::checkIn);
        add(shares, 0.020, comings::join);
        add(shares, 0.009, comings::leave);
        add(shares, 0.016, promotions::share);
        add(shares, 0.005, promotions::redPacket);
        add(shares, 0.004, promotions::coupons);
        add(shares, 0.003, promotions::lottery);
        add(shares, 0.0006, promotions::live);
        add(shares, 0.015, new GroupBuys(stage)::open);
        add(shares, 0.004, new Chains(stage)::start);
        frequency = Weights.of(shares.stream().mapToDouble(Double::doubleValue).toArray());
    }

    void open() {
        flashSales.open();
    }

    void play(SimGroup group, long ts) {
        scenes.get(frequency.draw(dice)).play(group, ts);
    }

    private void add(List<Double> shares, double share, Scene scene) {
        shares.add(share);
        scenes.add(scene);
    }
}
