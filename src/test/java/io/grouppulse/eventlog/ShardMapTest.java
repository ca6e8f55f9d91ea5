package io.grouppulse.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardMapTest {

    /** A change here would leave every store that exists with groups in the wrong shard. */
    @ParameterizedTest
    @CsvSource({
        "g1, 2, 14, 790",
        "g2, 3, 11, 475",
        "'', 2, 2, 138",
        "wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA, 0, 0, 784",
        "社区团购 3 群, 3, 3, 995",
        "🧧, 0, 0, 672"
    })
    void shard_ofAKey_neverChanges(String key, int of4, int of16, int of1000) {
        assertThat(new int[] {
                    new ShardMap(4).shardOf(key), new ShardMap(16).shardOf(key), new ShardMap(1_000).shardOf(key)
                })
                .containsExactly(of4, of16, of1000);
    }

    @Test
    void shards_ofManyKeys_areAboutEquallyFull() {
        ShardMap map = new ShardMap(16);
        int[] sizes = new int[16];
        for (int key = 0; key < 16_000; key++) {
            sizes[map.shardOf("group-" + key)]++;
        }

        for (int size : sizes) {
            assertThat(size).isBetween(850, 1_150);
        }
    }

    @Test
    void one_shard_takesEverything() {
        assertThat(new ShardMap(1).shardOf("g1")).isZero();
    }

    @Test
    void shards_fewerThanOne_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShardMap(0));
    }
}
