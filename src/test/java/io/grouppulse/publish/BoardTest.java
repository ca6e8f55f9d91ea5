package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardTest {
    @ParameterizedTest
    @CsvSource({
        "items:org:bbg:5m, ITEMS, org:bbg, 5m, gmvPaid",
        "items:org:bbg:5m:refunds, ITEMS, org:bbg, 5m, refunds",
        "groups:org::today, GROUPS, org:, today, gmvPaid",
        "groups:org::today:buyers, GROUPS, org:, today, buyers",
        "referrers:org:a/b:24h:invites, REFERRERS, org:a/b, 24h, invites",
        "referrers:org:a/b:24h, REFERRERS, org:a/b, 24h, stayed",
        "shares:group:g:1:1m, SHARES, group:g:1, 1m, gmvPaid",
        "shares:group:refunds:1m:refunds, SHARES, group:refunds, 1m, refunds",
    })
    void name_ofABoard_tellsItsScopeWindowAndMeasure(
            String name, Board.Kind kind, String scope, String window, String by) {
        Board board = Objects.requireNonNull(Board.parse(name));

        assertThat(board.kind()).isEqualTo(kind);
        assertThat(board.scope().text()).isEqualTo(scope);
        assertThat(board.window()).isEqualTo(window);
        assertThat(board.by()).isEqualTo(by);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "items", "items:", "items:5m", "things:org::5m", "groups:group:g1:5m", "items:refunds"})
    void otherTexts_nameNone(String text) {
        assertThat(Board.parse(text)).isNull();
    }

    @Test
    void measureOfAnotherKind_isTakenForAWindow_thatNobodyConfigured() {
        Board board = Board.parse("items:org::today:stayed");

        assertThat(board == null ? "none" : board.window()).isEqualTo("stayed");
    }
}
