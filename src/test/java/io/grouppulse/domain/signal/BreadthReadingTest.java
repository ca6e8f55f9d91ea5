package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BreadthReadingTest {
    private static final long NOON = 1_790_049_600_000L;

    @Test
    void effectiveSpeakers_isTheNumberOfEquallyLoudOnes() {
        assertThat(spoken(100, 3, 3, 3, 3).effectiveSpeakers()).isEqualTo(4.0);
        assertThat(spoken(100, 9, 1).effectiveSpeakers()).isEqualTo(100.0 / 82);
        assertThat(BreadthReading.NONE.effectiveSpeakers()).isNull();
    }

    @Test
    void loudest_areThree_alsoOfGroupsTogether() {
        BreadthReading.Sum node = new BreadthReading.Sum();
        node.add(spoken(5, 7, 2, 9, 1));
        node.add(spoken(4, 8, 8));

        assertThat(node.read().loudest()).isEqualTo(List.of(9L, 8L, 8L));
        assertThat(node.read().messagesOfLoudest()).isEqualTo(25);
        assertThat(node.read().messages()).isEqualTo(35);
        assertThat(node.read().lurkers()).isEqualTo(3);
    }

    @Test
    void hollow_takesTwentyMembersFourInFiveSilentAndFewVoices() {
        assertThat(spoken(20, 1, 1, 1, 1).isHollow(20)).isTrue();
        assertThat(spoken(19, 1, 1, 1).isHollow(19)).isFalse();
        assertThat(spoken(20, 1, 1, 1, 1, 1).isHollow(20)).isFalse();
        assertThat(spoken(100, 1, 1, 1, 1, 1).isHollow(100)).isFalse();
        assertThat(spoken(20).isHollow(20)).isTrue();
    }

    @Test
    void book_forgetsWhoIsExcludedAndTheDayThatEnded() {
        TodayBook book = new TodayBook(ZoneId.of("Asia/Shanghai"));
        book.advance(NOON);
        book.addMessage(0, NOON, 1);
        book.addMessage(1, NOON, 1);
        Attendance attendance = new Attendance();
        for (int member = 0; member < 10; member++) {
            attendance.see(member, NOON);
        }
        assertThat(book.read(attendance).messages()).isEqualTo(2);

        attendance.exclude(1);
        book.exclude(1);
        assertThat(book.read(attendance)).isEqualTo(new BreadthReading(1, 1, List.of(1L), 8, 0));

        book.advance(NOON + 86_400_000);
        assertThat(book.read(attendance)).isEqualTo(new BreadthReading(0, 0, List.of(), 9, 0));
    }

    @Test
    void book_aroundChangesOfTheClock_putsEachActIntoItsPartOfItsDay() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        // from midnight to midnight, through the night in which the clock is put back
        long midnight =
                LocalDate.of(2026, 10, 25).atStartOfDay(zone).toInstant().toEpochMilli();
        long nextMidnight =
                LocalDate.of(2026, 10, 26).atStartOfDay(zone).toInstant().toEpochMilli();
        TodayBook book = new TodayBook(zone);
        book.advance(midnight);
        Attendance nobody = new Attendance();
        Set<Integer> partsOfDay = new HashSet<>();
        long thrice = 0;
        for (long ts = midnight; ts < nextMidnight; ts += 600_000) {
            book.addOtherAct(0, ts, 1);
            book.addOtherAct(1, ts + 86_400_000 * 2, 1);
            partsOfDay.add(Instant.ofEpochMilli(ts).atZone(zone).getHour() / 4);
            thrice = partsOfDay.size() >= 3 ? 1 : 0;
            assertThat(book.read(nobody).thriceDaily()).as("ts=%d", ts).isEqualTo(thrice);
        }
        assertThat(thrice).isEqualTo(1);
    }

    /** Of so many members each number is what one of them sent. */
    private static BreadthReading spoken(long members, long... messages) {
        BreadthReading.Sum sum = new BreadthReading.Sum();
        sum.addLurkers(members);
        for (long count : messages) {
            sum.addSpeaker(count);
            sum.addLurkers(-1);
        }
        return sum.read();
    }
}
