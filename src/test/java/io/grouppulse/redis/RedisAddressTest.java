package io.grouppulse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.redis.RedisAddress.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void oneHost_getsTheUsualPort() {
        RedisAddress address = RedisAddress.parse("redis://cache.shop");

        assertThat(address.kind()).isEqualTo(Kind.STANDALONE);
        assertThat(address.hosts()).containsExactly("cache.shop:6379");
        assertThat(address.tls()).isFalse();
        assertThat(address.password()).isEmpty();
        assertThat(address.database()).isZero();
    }

    @Test
    void loginAndDatabase_areRead_andNotShown() {
        RedisAddress address = RedisAddress.parse("rediss://pulse:s%40c+ret@10.0.0.1:6380/3");

        assertThat(address.tls()).isTrue();
        assertThat(address.user()).isEqualTo("pulse");
        assertThat(address.password()).isEqualTo("s@c+ret");
        assertThat(address.database()).isEqualTo(3);
        assertThat(address).hasToString("rediss://10.0.0.1:6380/3");
    }

    @Test
    void passwordAlone_isOfTheDefaultUser() {
        assertThat(RedisAddress.parse("redis://:secret@h").password()).isEqualTo("secret");
        assertThat(RedisAddress.parse("redis://secret@h").password()).isEqualTo("secret");
    }

    @Test
    void commaList_isACluster_withTheSchemeOnceOrBeforeEach() {
        assertThat(RedisAddress.parse("redis://a:7000,b:7001,c").hosts()).containsExactly("a:7000", "b:7001", "c:6379");
        RedisAddress each = RedisAddress.parse("redis://u:p@a:7000, redis://u:p@b:7001");
        assertThat(each.kind()).isEqualTo(Kind.CLUSTER);
        assertThat(each.hosts()).containsExactly("a:7000", "b:7001");
        assertThat(each.password()).isEqualTo("p");
    }

    @Test
    void sentinels_nameTheMaster() {
        RedisAddress address = RedisAddress.parse("sentinel://:p@s1,s2:26380,s3/shop");

        assertThat(address.kind()).isEqualTo(Kind.SENTINEL);
        assertThat(address.hosts()).containsExactly("s1:26379", "s2:26380", "s3:26379");
        assertThat(address.masterName()).isEqualTo("shop");
        assertThat(address).hasToString("sentinel://s1:26379,s2:26380,s3:26379/shop");
        assertThat(RedisAddress.parse("sentinel://s1").masterName()).isEqualTo("mymaster");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis",
                "redis://",
                "http://h",
                "redis://h:0",
                "redis://h:70000",
                "redis://h:port",
                "redis://h/x",
                "redis://h/99999999",
                "redis://a,b/1",
                "redis://a,,b",
                "redis://u:50%zz@h",
                "sentinel://h/a b",
                "redis://a,rediss://b"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusalAndMask_showNoPassword() {
        assertThatThrownBy(() -> RedisAddress.parse("redis://u:top/secret@h:x"))
                .hasMessageNotContaining("top")
                .hasMessageNotContaining("secret");
        assertThat(RedisAddress.masked("redis://u:p@ss/w@a,redis://u:q@b/1")).isEqualTo("redis://***@b/1");
    }
}
