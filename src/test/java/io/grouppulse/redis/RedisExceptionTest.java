package io.grouppulse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisExceptionTest {
    private static final RedisAddress ADDRESS = RedisAddress.parse("redis://u:hush@h");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READONLY You can't write against a read only replica. | READONLY | true",
                "ERR [2] READONLY You can't write                      | READONLY | true",
                "ERR Error running script (call to f_1): @user_script:4: -READONLY You can't write | READONLY | true",
                "LOADING Redis is loading the dataset in memory        | LOADING  | true",
                "CONNECTION_CLOSED                                     | CONNECTION | true",
                "ERR [0] NOAUTH Authentication required.               | NOAUTH   | false",
                "MISCONF Redis is configured to save                   | MISCONF  | false",
                "OOM command not allowed                               | OOM      | false",
            })
    void answerOfRedis_isOfTheConnection_whereAnotherOneMayDoBetter(String said, String code, boolean elsewhere) {
        RedisException exception = RedisException.of(ADDRESS, ErrorType.create(said));

        assertThat(exception.code()).isEqualTo(code);
        assertThat(exception.isOfConnection()).isEqualTo(elsewhere);
        assertThat(exception).hasMessageContaining("redis://h:6379").hasMessageNotContaining("hush");
    }

    @Test
    void queueOfTheClientThatIsFull_isNoReasonToConnectAnew() {
        assertThat(RedisException.of(ADDRESS, new IOException("Redis waiting Queue is full"))
                        .isOfConnection())
                .isFalse();
    }

    @Test
    void anythingElse_isALostConnection_toldInOneLine() {
        RedisException exception = RedisException.of(ADDRESS, new IOException("first\nsecond"));

        assertThat(exception.isOfConnection()).isTrue();
        assertThat(exception).hasMessage("no connection to redis://h:6379: first");
    }
}
