package io.grouppulse.config;

import java.net.URI;
import java.util.List;

/**
 * Where notifications of alerts go.
 *
 * @param type one of {@code json}, {@code alertmanager}, {@code wecom}, {@code dingtalk}, {@code feishu}
 * @param url absolute, http or https; secret, because robots carry their key in it
 * @param secret what deliveries are signed with; empty for none
 * @param orgs paths of the organisation nodes it hears of; empty for all
 * @param kinds kinds of alerts it hears of; empty for all
 */
public record Webhook(String name, String type, URI url, Secret secret, List<String> orgs, List<String> kinds) {
    private static final Field<String> TYPE = Field.optional(
            "type",
            "json",
            "json, alertmanager, wecom, dingtalk or feishu",
            Field.oneOf("json", "alertmanager", "wecom", "dingtalk", "feishu"));
    private static final Field<URI> URL = Field.required(
                    "url", "an absolute http or https address without user info", Webhook::url)
            .secret();
    private static final Field<Secret> SECRET =
            Field.optional("secret", "", "a text", Secret::new).secret();
    private static final Field<List<String>> ORGS = Field.list("orgs", "paths of organisation nodes");
    private static final Field<List<String>> KINDS = Field.list("kinds", "kinds of alerts");

    static final SectionKind<Webhook> KIND =
            new SectionKind<>("webhooks", List.of(TYPE, URL, SECRET, ORGS, KINDS), Webhook::of);

    private static Webhook of(Section section) {
        return new Webhook(
                section.name(),
                section.get(TYPE),
                section.get(URL),
                section.get(SECRET),
                section.get(ORGS),
                section.get(KINDS));
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("not an absolute http address");
        }
        return url;
    }
}
