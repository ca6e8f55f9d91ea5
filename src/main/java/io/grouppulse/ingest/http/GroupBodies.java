package io.grouppulse.ingest.http;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.StrictJson;
import io.grouppulse.ingest.OrgPaths;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the registry is told of groups, read strictly, and how it is told back. */
final class GroupBodies {
    private static final int MAX_ID = 128;
    private static final int MAX_NAME = 256;
    private static final int MAX_ORGS = 32;
    private static final int MAX_ORG = 8 * 65;
    private static final int MAX_TAGS = 64;
    private static final int MAX_TAG = 64;
    private static final int MAX_CAPACITY = 100_000;
    private static final int MAX_MEMBERS = 100_000;
    private static final long MAX_VERSION = 999_999_999_999_999_999L;

    private GroupBodies() {}

    static GroupProfile profile(String group, byte[] document) throws BadInput {
        Profile body = new Profile();
        StrictJson.read(document, body::read);
        return new GroupProfile(group, body.name, body.orgs, body.capacity, body.tags, body.owner);
    }

    /**
     * Reads a roster.
     *
     * @param ts the moment at which it holds
     * @param defaultVersion for a roster that states none
     */
    static GroupRoster roster(String group, byte[] document, long ts, long defaultVersion) throws BadInput {
        Roster body = new Roster();
        StrictJson.read(document, body::read);
        if (body.members == null) {
            throw BadInput.missingField("members", "a roster needs members");
        }
        return new GroupRoster(group, ts, body.version == null ? defaultVersion : body.version, body.members);
    }

    static JsonObject toJson(GroupProfile profile) {
        return new JsonObject()
                .put("group", profile.group())
                .put("name", profile.name())
                .put("orgs", new JsonArray(profile.orgs()))
                .put("capacity", profile.capacity() == 0 ? null : profile.capacity())
                .put("tags", new JsonArray(profile.tags()))
                .put("owner", profile.owner());
    }

    static JsonObject toJson(GroupRoster roster) {
        JsonArray members = new JsonArray();
        roster.members()
                .forEach(entry -> members.add(new JsonObject()
                        .put("id", entry.member())
                        .put("role", entry.role().wireName())));
        return new JsonObject()
                .put("group", roster.group())
                .put("ts", roster.ts())
                .put("version", roster.version())
                .put("members", members);
    }

    /** The fields of a group's profile. */
    private static final class Profile {
        private @Nullable String name;
        private List<String> orgs = List.of();
        private int capacity;
        private List<String> tags = List.of();
        private @Nullable String owner;

        boolean read(String field, StrictJson json) throws BadInput {
            switch (field) {
                case "name" -> name = json.name(MAX_NAME);
                case "orgs" -> orgs = readOrgs(json);
                case "capacity" -> {
                    Long stated = json.integer(1, MAX_CAPACITY);
                    capacity = stated == null ? 0 : stated.intValue();
                }
                case "tags" -> tags = json.names(MAX_TAGS, MAX_TAG);
                case "owner" -> owner = json.name(MAX_ID);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static List<String> readOrgs(StrictJson json) throws BadInput {
            List<String> paths = json.names(MAX_ORGS, MAX_ORG);
            for (String path : paths) {
                if (!OrgPaths.isPath(path)) {
                    throw BadInput.badField("orgs", "each of orgs must be " + OrgPaths.RULE);
                }
            }
            return paths;
        }
    }

    /** The fields of a roster. */
    private static final class Roster {
        private @Nullable List<GroupRoster.Entry> members;
        private @Nullable Long version;

        boolean read(String field, StrictJson json) throws BadInput {
            switch (field) {
                case "members" -> members = readMembers(json);
                case "version" -> version = json.integer(0, MAX_VERSION);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static @Nullable List<GroupRoster.Entry> readMembers(StrictJson json) throws BadInput {
            if (json.isNull()) {
                return null;
            }
            List<GroupRoster.Entry> entries = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            json.array(MAX_MEMBERS, element -> {
                GroupRoster.Entry entry = readMember(element);
                if (!ids.add(entry.member())) {
                    throw BadInput.badField(
                            "members", "a member stands twice on the roster, second at place " + ids.size());
                }
                entries.add(entry);
            });
            return entries;
        }

        private static GroupRoster.Entry readMember(StrictJson json) throws BadInput {
            @Nullable String[] id = new @Nullable String[1];
            Role[] role = {Role.CUSTOMER};
            json.object((field, value) -> {
                switch (field) {
                    case "id" -> id[0] = value.name(MAX_ID);
                    case "role" -> role[0] = readRole(value);
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            if (id[0] == null) {
                throw BadInput.missingField("members.id", "each of members needs an id");
            }
            return new GroupRoster.Entry(id[0], role[0]);
        }

        private static Role readRole(StrictJson json) throws BadInput {
            String name = json.text();
            Role role = name == null ? Role.CUSTOMER : Role.ofWireName(name);
            if (role == null) {
                throw json.fault("one of customer, staff, leader, bot");
            }
            return role;
        }
    }
}
