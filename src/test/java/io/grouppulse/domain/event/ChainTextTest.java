package io.grouppulse.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTextTest {
    private static final ChainPost TWO = ChainText.parse("#接龙\n草莓 39.9元/斤\n\n1. 张三 2份\n2. 李四 1份");

    @Test
    void lines_areCountedInOrder() {
        assertThat(TWO.lines()).hasSize(2).doesNotHaveDuplicates();
        assertThat(ChainText.parse("1. 李四 1份\n2. 张三 2份").lines())
                .isEqualTo(List.of(TWO.lines().get(1), TWO.lines().get(0)));
    }

    @Test
    void repost_withOneMoreLine_keepsTheFormerIdentities() {
        ChainPost three = ChainText.parse("#接龙\n草莓 39.9元/斤\n\n1. 张三 2份\n2. 李四 1份\n3. 王五 5份");

        assertThat(three.head()).isEqualTo(TWO.head());
        assertThat(three.lines()).startsWith(TWO.lines().toArray(Long[]::new)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#接龙\r\n草莓 39.9元/斤\r\n1、张三 2份\r\n2、李四 1份\r\n",
                "＃接龙\n 草莓  39.9元/斤 \n１．张三　2份\n２．李四　１份",
                "#接龙\n草莓\u00a039.9元/斤\n1) 张三 2份\n2）李四 1份\n3.",
                "#接龙\n\u200b草莓 39.9元/斤\n1 .张三 2份\n17. 李四 1份\n谢谢大家",
            })
    void text_writtenAnotherWay_isTheSameList(String text) {
        assertThat(ChainText.parse(text)).isEqualTo(TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#接龙", "1.5斤装 9.9元", "2026年 第3期", "12345. 张三", "1", "1.", "1: 30 开团"})
    void text_withoutNumberedLines_hasNone(String text) {
        assertThat(ChainText.parse(text).lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#Group Note\n草莓 39.9元/斤\n1. 张三 2份\n2. 李四 1份",
                "#group note 草莓 39.9元/斤\n1. 张三 2份\n2. 李四 1份",
                "#接龍\n草莓 39.9元/斤\n1. 张三 2份\n2. 李四 1份",
                "#接龙\n草莓 39.9元/斤\n1. 张三3份\n2. 李四+1",
                "#接龙\n草莓 39.9元/斤\n1. 李四 送到3栋\n2. 张三"
            })
    void list_underAnotherMark_orWithEditedLines_addsNothing(String text) {
        ChainPost again = ChainText.parse(text);

        assertThat(again.head()).isEqualTo(TWO.head());
        assertThat(again.lines()).containsExactlyInAnyOrderElementsOf(TWO.lines());
    }

    @Test
    void linesWithoutAChineseName_areTheSameButForTheirAmounts() {
        assertThat(ChainText.parse("1. Tom2 2份\n2. entry 17\n3. entry 18").lines())
                .isEqualTo(ChainText.parse("1. Tom2 3份\n2. entry 17 +1\n3. entry 18")
                        .lines())
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(ChainText.parse("1. entry 17").lines())
                .isNotEqualTo(ChainText.parse("1. entry 18").lines());
        assertThat(ChainText.parse("1. 张三 2份\n2. 张三 2份").lines().stream().distinct())
                .as("the same line twice")
                .hasSize(1);
    }

    @Test
    void secondLineOfAName_isALineOfItsOwn() {
        assertThat(ChainText.parse("1. Tom2 apples\n2. Tom2 pears\n3. Tom3").lines())
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    /** Whatever a text holds, lists are read without an error, the same twice, and grow by the lines added below. */
    @Test
    void randomTexts_areReadAlike_andGrowByTheirNewLines() {
        String[] pieces = {
            "#接龙",
            "#Group Note",
            "\n",
            "\n",
            "\r\n",
            "1. ",
            "２．",
            "③",
            "12、",
            "９９９９）",
            "张三",
            "李四 2份",
            "m17",
            "+1",
            "\ud83c\udf53",
            "\ud83c",
            "\u200b",
            "\u3000",
            "\u0001",
            "#",
            ".",
            "1.5",
            "\t",
            "\u2028",
            "ﬃ",
            "例 "
        };
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder("名单\n");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            ChainPost first = ChainText.parse(text.toString());
            ChainPost longer = ChainText.parse(text + "\n7. 王五 1份\n");

            assertThat(ChainText.parse(text.toString())).as("%s", text).isEqualTo(first);
            assertThat(longer.lines()).as("%s", text).hasSize(first.lines().size() + 1);
            assertThat(longer.lines().subList(0, first.lines().size()))
                    .as("%s", text)
                    .isEqualTo(first.lines());
            assertThat(longer.head()).as("%s", text).isEqualTo(first.head());
        }
    }

    @Test
    void otherHead_isAnotherList() {
        assertThat(ChainText.parse("#接龙\n樱桃\n1. 张三 2份").head()).isNotEqualTo(TWO.head());
    }
}
