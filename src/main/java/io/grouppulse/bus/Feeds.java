package io.grouppulse.bus;

import io.vertx.core.eventbus.DeliveryOptions;

/** The addresses between verticles, and how messages travel: by reference, within the process. */
public final class Feeds {
    /** {@link Tick} to every shard. */
    public static final String TICKS = "windowing.ticks";

    /** {@link ShardReadings} from every shard to the roll-up. */
    public static final String READINGS = "rollup.readings";

    /** {@link Rolled} to whoever shows numbers. */
    public static final String ROLLED = "rollup.rolled";

    /** Questions to the roll-up: any of the {@code Ask…} messages. */
    public static final String ASK = "rollup.ask";

    /** {@link Messages.RunningSales} to the roll-up. */
    public static final String SALES = "rollup.sales";

    /** Asks the ticker for a tick that begins after this moment; answered when it has been rolled up. */
    public static final String BARRIER = "windowing.barrier";

    /** Questions to the alert room. */
    public static final String ALERTS = "alert.ask";

    /** {@link Messages.Alerted} to whoever shows alerts. */
    public static final String ALERTED = "alert.changed";

    private Feeds() {}

    /** Where one shard answers {@link AskHistory} and {@link AskApplied}. */
    public static String shard(int shard) {
        return "windowing.shard." + shard;
    }

    public static DeliveryOptions options() {
        return new DeliveryOptions()
                .setLocalOnly(true)
                .setCodecName(LocalCodec.NAME)
                .setSendTimeout(30_000);
    }
}
