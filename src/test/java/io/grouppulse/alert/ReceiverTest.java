package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.alert.AlertKind;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    @Test
    void receiver_hearsOfItsNodesAndKinds_andOfWhatConcernsAll() {
        Receiver hunan = receiver(List.of("bbg/hunan"), Set.of(AlertKind.GROUP_SILENT));

        assertThat(hunan.wants(Told.episode("g1", "bbg/hunan/meixi"))).isTrue();
        assertThat(hunan.wants(Told.episode("g1", "bbg/hunan2"))).isFalse();
        assertThat(hunan.wants(Told.episode("g1", ""))).isTrue();
        assertThat(receiver(List.of(), Set.of(AlertKind.SOURCE_DOWN)).wants(Told.episode("g1", "bbg")))
                .isFalse();
        assertThat(receiver(List.of(), Set.of()).wants(Told.episode("g1", "bbg")))
                .isTrue();
    }

    private static Receiver receiver(List<String> orgs, Set<AlertKind> kinds) {
        return new Receiver("ops", Receiver.Type.JSON, URI.create("http://localhost/"), null, orgs, kinds);
    }
}
