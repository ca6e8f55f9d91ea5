package io.grouppulse.ingest.callback.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.domain.event.Names;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** A {@code change_external_chat} event: who came into a customer group or left it. */
final class ChatChange {
    private static final int KEY_LENGTH = 40;
    private static final int LONGEST_ID = 128;

    private final WeComXml xml;
    private final String chat;
    private final long at;
    private final List<String> members;

    private ChatChange(WeComXml xml, String chat, long at) {
        this.xml = xml;
        this.chat = chat;
        this.at = at;
        this.members = xml.members() == null
                ? List.of()
                : xml.members().stream().sorted().distinct().toList();
    }

    static boolean isOne(WeComXml xml) {
        return xml.get("MsgType").equals("event") && xml.get("Event").equals("change_external_chat");
    }

    static ChatChange of(WeComXml xml) throws RefusedCallback {
        String created = xml.need("CreateTime");
        if (!created.matches("[0-9]{1,11}")) {
            throw WeComXml.malformed("CreateTime must be epoch seconds");
        }
        String chat = xml.need("ChatId");
        if (!Names.isName(chat, LONGEST_ID)) {
            throw WeComXml.malformed(
                    "ChatId must be 1 to " + LONGEST_ID + " characters, none of them a control character");
        }
        if (xml.get("LastMemVer").length() > LONGEST_ID || xml.get("CurMemVer").length() > LONGEST_ID) {
            throw WeComXml.malformed("a version is at most " + LONGEST_ID + " characters");
        }
        return new ChatChange(xml, chat, Long.parseLong(created) * 1_000);
    }

    String chat() {
        return chat;
    }

    String lastVersion() {
        return xml.get("LastMemVer");
    }

    String currentVersion() {
        return xml.get("CurMemVer");
    }

    boolean isCreation() {
        return xml.get("ChangeType").equals("create");
    }

    /** Whether it is about members. */
    boolean isOfMembers() {
        return isJoin() || isLeave();
    }

    /** Whether it names as many members as it says; older callbacks name none. */
    boolean isComplete() {
        String count = xml.get("MemChangeCnt");
        return !members.isEmpty() && (count.isEmpty() || count.equals(Integer.toString(members.size())));
    }

    /** One event for each member that it names. */
    List<JsonObject> events() {
        String key = key();
        return IntStream.range(0, members.size())
                .mapToObj(i -> event(key + "-" + i, members.get(i)))
                .toList();
    }

    private JsonObject event(String id, String member) {
        JsonObject event = new JsonObject()
                .put("id", id)
                .put("ts", at)
                .put("group", chat)
                .put("member", member)
                .put("type", isJoin() ? "member.joined" : "member.left");
        if (isJoin()) {
            return switch (xml.get("JoinScene")) {
                case "0" -> event.put("channel", "invitation");
                case "3" -> event.put("channel", "qr_code");
                default -> event;
            };
        }
        return switch (xml.get("QuitScene")) {
            case "0" -> event.put("reason", "self");
            case "1" -> event.put("reason", "removed");
            default -> event;
        };
    }

    private boolean isJoin() {
        return isUpdate("add_member");
    }

    private boolean isLeave() {
        return isUpdate("del_member");
    }

    private boolean isUpdate(String detail) {
        return xml.get("ChangeType").equals("update") && xml.get("UpdateDetail").equals(detail);
    }

    /**
     * What tells this change from all others. Receiver and time alone, WeCom's own hint, are shared by changes of one second:
     * real events would be lost.
     */
    private String key() {
        StringBuilder parts = new StringBuilder();
        for (String field : List.of(
                "ToUserName",
                "Event",
                "ChangeType",
                "ChatId",
                "UpdateDetail",
                "CreateTime",
                "LastMemVer",
                "CurMemVer",
                "MemChangeCnt")) {
            parts.append(xml.get(field)).append('\n');
        }
        members.forEach(member -> parts.append(member).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(parts.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
