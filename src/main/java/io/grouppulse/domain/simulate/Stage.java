package io.grouppulse.domain.simulate;

/** What every scene plays with: chance, the plan, the pen and the goods. */
record Stage(SimulationSettings settings, Dice dice, Agenda agenda, Scribe scribe, Catalogue catalogue, World world) {}
