package io.grouppulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.alert.SaleStanding.Mark;
import io.grouppulse.domain.alert.SaleStanding.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleStandingTest {
    @Test
    void sale_belowItsPace_saysByWhat() {
        Condition behind =
                sale(0.5, new Mark(Measure.ORDERS, 79, 100, "target")).behind(0.8);

        assertThat(behind).extracting(Condition::text).isEqualTo("expected 100 orders by now (target), saw 79");
        assertThat(behind).extracting(Condition::key).isEqualTo(new AlertKey(AlertKind.SALE_BEHIND, "c1"));
    }

    @Test
    void sale_thatMissesOneOfTwoMarks_namesThatOne() {
        Condition behind = sale(
                        0.5,
                        new Mark(Measure.ORDERS, 100, 100, "target"),
                        new Mark(Measure.GMV, 1_05, 1000_00, "as in c0"))
                .behind(0.8);

        assertThat(behind).extracting(Condition::text).isEqualTo("expected GMV 1000.00 by now (as in c0), saw 1.05");
    }

    @Test
    void sale_behindOneThatNotEveryReaderMaySee_namesNeitherThatNorWhatItHad() {
        Condition behind = sale(0.5, new Mark(Measure.ORDERS, 7, 100, null), new Mark(Measure.GMV, 1_05, 1000_00, null))
                .behind(0.8);

        assertThat(behind)
                .extracting(Condition::text)
                .isEqualTo("behind the orders of the campaign that it is compared with, saw 7; "
                        + "behind the GMV of the campaign that it is compared with, saw 1.05");
    }

    @Test
    void sale_atItsPace_orTooYoung_orWithoutMarks_isWell() {
        assertThat(sale(0.5, new Mark(Measure.ORDERS, 80, 100, "target")).behind(0.8))
                .isNull();
        assertThat(sale(0.09, new Mark(Measure.ORDERS, 0, 100, "target")).behind(0.8))
                .isNull();
        assertThat(sale(0.5, new Mark(Measure.ORDERS, 0, 0, "as in c0")).behind(0.8))
                .isNull();
        assertThat(sale(0.5).behind(0.8)).isNull();
    }

    private static SaleStanding sale(double elapsed, Mark... marks) {
        return new SaleStanding("c1", "Friday", List.of("bbg"), elapsed, List.of(marks));
    }
}
