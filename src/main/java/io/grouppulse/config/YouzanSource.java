package io.grouppulse.config;

import java.util.List;

/** A Youzan shop that calls back. */
public record YouzanSource(String name, String clientId, Secret clientSecret) {
    private static final Field<String> CLIENT_ID =
            Field.required("client_id", "the client_id of the application", Field::notEmpty);
    private static final Field<Secret> CLIENT_SECRET = Field.required(
                    "client_secret", "the client_secret of the application", text -> new Secret(Field.notEmpty(text)))
            .secret();

    static final SectionKind<YouzanSource> KIND = new SectionKind<>(
            "sources.youzan",
            List.of(CLIENT_ID, CLIENT_SECRET),
            section -> new YouzanSource(section.name(), section.get(CLIENT_ID), section.get(CLIENT_SECRET)));
}
