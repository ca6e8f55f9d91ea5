package io.grouppulse.faults;

import java.util.SplittableRandom;

/** Where a fault happens: servers, monitors, who sends to them, and the choices of the seed. */
record Scene(
        RedisSite site, Fleet fleet, Producer producer, Ledger ledger, PacketFilter filter, SplittableRandom random) {}
