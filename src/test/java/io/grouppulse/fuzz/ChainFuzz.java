package io.grouppulse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.domain.event.ChainText;
import java.util.List;

/** 接龙 texts: read the same twice, and no more entries than lines. */
final class ChainFuzz implements ParserFuzz {
    @Override
    public List<byte[]> seeds() {
        return List.of(
                "#接龙\n周五团购 苹果 5斤/箱\n例 张三 2箱\n\n1. 张三 2箱\n2、李四+1\n３）王五 １０斤\n4.".getBytes(UTF_8),
                "#Group Note\nbread\n1. Ann 2\n2. Bob\n\n5. Cy\u200b x2".getBytes(UTF_8));
    }

    @Override
    public void feed(byte[] input) {
        String text = new String(input, UTF_8);
        var post = ChainText.parse(text);
        if (!post.equals(ChainText.parse(text))) {
            throw new AssertionError("read differently the second time");
        }
        if (post.lines().size() > input.length) {
            throw new AssertionError("more entries than characters");
        }
    }
}
