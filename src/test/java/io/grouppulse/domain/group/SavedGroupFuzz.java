package io.grouppulse.domain.group;

import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.fuzz.ParserFuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The saved state of a group: restored, readable and saved again, or refused. */
public final class SavedGroupFuzz implements ParserFuzz {
    private static final String STATE = "state";

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (long seed = 0; seed < 4; seed++) {
            GroupState group = RandomGroups.newGroup();
            RandomGroups history = new RandomGroups(seed, true);
            for (int i = 0; i < 12 * (seed + 1) && history.hasNext(); i++) {
                history.next().doTo(group, group.t());
            }
            seeds.add(RandomGroups.stateOf(RandomGroups.saved(group)));
        }
        return seeds;
    }

    @Override
    public void feed(byte[] input) {
        try {
            SavedGroup.restore(Map.of(STATE, input), RandomGroups.SETTINGS, RandomGroups.PLAN);
        } catch (SavedStateException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
