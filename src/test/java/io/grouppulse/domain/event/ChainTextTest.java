package io.grouppulse.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void otherHead_isAnotherList() {
        assertThat(ChainText.parse("#接龙\n樱桃\n1. 张三 2份").head()).isNotEqualTo(TWO.head());
    }
}
