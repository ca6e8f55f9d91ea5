package io.grouppulse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupRemoval;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Names;
import io.grouppulse.domain.event.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final String KEY = "a key of pseudonyms, of 32 bytes at least";
    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    private static GroupEvent event(@Nullable String member, @Nullable String inviter, @Nullable ChainPost chain) {
        return new GroupEvent(
                "shop",
                "e",
                EventType.MEMBER_JOINED,
                7,
                "g",
                member,
                Role.STAFF,
                null,
                -1,
                null,
                0,
                null,
                inviter,
                "sms",
                "c",
                null,
                null,
                chain);
    }

    @Test
    void sameMember_isTheSamePseudonym_underTheSameKeyAlone() {
        String one = pseudonyms.ofMember("m-1");

        assertThat(new Pseudonyms(KEY).ofMember("m-1")).isEqualTo(one);
        assertThat(new Pseudonyms(KEY + "!").ofMember("m-1")).isNotEqualTo(one);
        assertThat(one).matches("p\\.[A-Za-z0-9_-]{22}");
    }

    @Test
    void hostileIds_becomeDistinctNames() {
        List<String> ids = List.of(
                "", "a", "a\u0000", "\u0000a", "é", "e\u0301", "张三", "\ud83d\ude00", "x".repeat(128), "p.x", " a", "A");
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            String pseudonym = pseudonyms.ofMember(id);
            assertThat(Names.isName(pseudonym, 128)).as(id).isTrue();
            seen.add(pseudonym);
        }
        assertThat(seen).hasSize(ids.size());
        assertThat(pseudonyms.fingerprint()).isNotIn(seen);
    }

    @Test
    void event_keepsAllButWhoItIsAbout() {
        GroupEvent hidden = (GroupEvent) pseudonyms.hide(event("m-1", "m-2", new ChainPost(5, List.of(8L, 9L, 8L))));

        assertThat(hidden.member()).isEqualTo(pseudonyms.ofMember("m-1"));
        assertThat(hidden.inviter()).isEqualTo(pseudonyms.ofMember("m-2"));
        ChainPost chain = Objects.requireNonNull(hidden.chain());
        assertThat(chain.head()).isNotEqualTo(5);
        assertThat(chain.lines()).hasSize(3).doesNotContain(8L, 9L);
        assertThat(chain.lines().get(0))
                .isEqualTo(chain.lines().get(2))
                .isNotEqualTo(chain.lines().get(1));
        assertThat(hidden.withPeople(null, null, null)).isEqualTo(event(null, null, null));
        assertThat(pseudonyms.hide(event(null, null, null))).isEqualTo(event(null, null, null));
    }

    @Test
    void roster_isOfPseudonyms_andOtherInputsStayAsTheyAre() {
        GroupRoster roster = new GroupRoster("g", 7, 8, List.of(new GroupRoster.Entry("m-1", Role.LEADER)));
        GroupInput removal = new GroupRemoval("g");

        assertThat(pseudonyms.hide(roster))
                .isEqualTo(new GroupRoster(
                        "g", 7, 8, List.of(new GroupRoster.Entry(pseudonyms.ofMember("m-1"), Role.LEADER))));
        assertThat(pseudonyms.hide(removal)).isSameAs(removal);
    }
}
