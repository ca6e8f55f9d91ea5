package io.grouppulse.domain.simulate;

/** The goods on sale: a few sell most, prices end in .90. */
final class Catalogue {
    private static final String[] NAMES = {
        "东北五常大米", "赣南脐橙", "本地土鸡蛋", "冰糖心苹果", "鲜牛奶", "手工水饺", "阳光玫瑰葡萄", "茶油", "剁椒酱", "抽纸"
    };

    private final Item[] items;
    private final Weights popularity;

    /** @param price minor units */
    record Item(String id, String name, long price) {}

    Catalogue(Dice dice, int size) {
        items = new Item[size];
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            items[i] = new Item("sku-" + (1001 + i), NAMES[i % NAMES.length], nineEnding(dice.lognormal(3_500, 0.7)));
            weights[i] = 1.0 / (i + 1.5);
        }
        popularity = Weights.of(weights);
    }

    Item draw(Dice dice) {
        return items[popularity.draw(dice)];
    }

    /** What a group buys together on a day. */
    Item ofTheDay(String group, long day) {
        return items[(int) Long.remainderUnsigned(Dice.mix(group.hashCode() + (day << 32)), items.length)];
    }

    /** The nearest price below that ends in .90, at least 0.90. */
    static long nineEnding(double minor) {
        return Math.max(0, (long) (minor - 90) / 100) * 100 + 90;
    }
}
