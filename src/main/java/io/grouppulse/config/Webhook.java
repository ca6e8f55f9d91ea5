package io.grouppulse.config;

import io.grouppulse.domain.alert.AlertKind;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where notifications of alerts go.
 *
 * @param type one of {@code json}, {@code alertmanager}, {@code wecom}, {@code dingtalk}, {@code feishu}
 * @param url absolute, http or https; secret, because robots carry their key in it
 * @param secret what deliveries are signed with; empty for none
 * @param orgs paths of the organisation nodes it hears of; empty for all
 * @param kinds kinds of alerts it hears of; empty for all
 */
public record Webhook(String name, String type, URI url, Secret secret, List<String> orgs, Set<AlertKind> kinds) {
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
    private static final Field<Set<AlertKind>> KINDS = new Field<>(
            "kinds",
            "",
            "kinds of alerts: group_silent, org_silent, source_down, sale_behind",
            false,
            true,
            Webhook::kinds);

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

    private static Set<AlertKind> kinds(String text) {
        Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
        for (String name : Field.items(text)) {
            AlertKind kind = AlertKind.ofWireName(name);
            if (kind == null) {
                throw new IllegalArgumentException("no such kind");
            }
            kinds.add(kind);
        }
        return kinds;
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
