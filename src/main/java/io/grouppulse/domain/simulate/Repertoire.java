package io.grouppulse.domain.simulate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that people and operators may begin of their own accord, and how often. */
final class Repertoire {
    /** In a show people and operators wait for the next flash sale: how much less of all else makes people buy. */
    private static final double BUYING_IN_SHOW = 0.35;

    private final Part all = new Part();
    private final Part buying = new Part();
    private final FlashSales flashSales;
    private final Shopping shopping;
    private final Dice dice;

    /** Something that begins in a group at a moment. */
    interface Scene {
        void play(SimGroup group, long ts);
    }

    Repertoire(Stage stage) {
        dice = stage.dice();
        Chatter chatter = new Chatter(stage);
        shopping = new Shopping(stage);
        Promotions promotions = new Promotions(stage, chatter, shopping);
        Comings comings = new Comings(stage, chatter);
        flashSales = new FlashSales(stage, promotions, comings);

        double wait = stage.settings().show() == null ? 1 : BUYING_IN_SHOW;
        all.add(0.52, chatter::speak);
        addBuying(wait * 0.30, shopping::browse);
        all.add(0.003, shopping::buyDirectly);
        all.add(0.07, chatter::checkIn);
        all.add(0.020, comings::join);
        all.add(0.009, comings::leave);
        addBuying(wait * 0.016, promotions::share);
        all.add(0.005, promotions::redPacket);
        addBuying(wait * 0.004, promotions::coupons);
        all.add(0.003, promotions::lottery);
        all.add(0.0006, promotions::live);
        all.add(0.015, new GroupBuys(stage)::open);
        all.add(0.004, new Chains(stage)::start);
    }

    private void addBuying(double share, Scene scene) {
        all.add(share, scene);
        buying.add(share, scene);
    }

    void open() {
        flashSales.open();
    }

    void play(SimGroup group, long ts) {
        all.draw(dice).play(group, ts);
    }

    /** Someone buys, at once. */
    void buy(SimGroup group, long ts) {
        shopping.buyAtOnce(group, ts);
    }

    /** What part of all that begins is looking at goods, or makes people look at them. */
    double buying() {
        return buying.share() / all.share();
    }

    void playBuying(SimGroup group, long ts) {
        buying.draw(dice).play(group, ts);
    }

    /** Scenes, each with how often it is played. */
    private static final class Part {
        private final List<Scene> scenes = new ArrayList<>();
        private final List<Double> shares = new ArrayList<>();
        private @Nullable Weights frequency;

        void add(double share, Scene scene) {
            scenes.add(scene);
            shares.add(share);
        }

        double share() {
            return shares.stream().mapToDouble(Double::doubleValue).sum();
        }

        Scene draw(Dice dice) {
            Weights known = frequency;
            if (known == null) {
                known = Weights.of(
                        shares.stream().mapToDouble(Double::doubleValue).toArray());
                frequency = known;
            }
            return scenes.get(known.draw(dice));
        }
    }
}
