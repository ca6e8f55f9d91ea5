package io.grouppulse.ingest;

import io.grouppulse.domain.time.Rfc3339;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.StrictJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A campaign's definition as JSON, read strictly. */
public final class CampaignJson {
    private static final long MAX_MILLIS = 253_402_300_799_999L;
    private static final long MAX_TARGET = 10_000_000_000_000_000L;
    private static final int MAX_GROUPS = 10_000;

    private @Nullable String name;
    private @Nullable String org;
    private List<String> groups = List.of();
    private @Nullable Long from;
    private @Nullable Long to;
    private @Nullable Long targetGmv;
    private @Nullable Long targetOrders;
    private @Nullable String compareTo;

    private CampaignJson() {}

    /** Reads the definition of the campaign {@code id}. */
    public static Campaign read(String id, byte[] document) throws BadInput {
        CampaignJson body = new CampaignJson();
        StrictJson.read(document, body::readField);
        return body.toCampaign(id);
    }

    public static JsonObject write(Campaign campaign) {
        JsonObject json = new JsonObject().put("id", campaign.id()).put("name", campaign.name());
        if (campaign.org() == null) {
            json.put("groups", new JsonArray(campaign.groups()));
        } else {
            json.put("org", campaign.org());
        }
        JsonObject targets = new JsonObject();
        if (campaign.targetGmv() != null) {
            targets.put("gmv", campaign.targetGmv());
        }
        if (campaign.targetOrders() != null) {
            targets.put("orders", campaign.targetOrders());
        }
        return json.put("from", campaign.from())
                .put("to", campaign.to())
                .put("targets", targets)
                .put("compareTo", campaign.compareTo());
    }

    /** Reads one field of a definition; the file of the registry has the same fields beside the id. */
    boolean readField(String field, StrictJson json) throws BadInput {
        switch (field) {
            case "name" -> name = json.name(256);
            case "org" -> org = readOrg(json);
            case "groups" -> groups = json.names(MAX_GROUPS, 128);
            case "from" -> from = readTime(json);
            case "to" -> to = readTime(json);
            case "targets" -> json.object(this::readTarget);
            case "compareTo" -> compareTo = json.name(128);
            default -> {
                return false;
            }
        }
        return true;
    }

    Campaign toCampaign(String id) throws BadInput {
        if (name == null) {
            throw missing("name");
        }
        if (from == null) {
            throw missing("from");
        }
        if (to == null) {
            throw missing("to");
        }
        if (org == null && groups.isEmpty()) {
            throw BadInput.missingField("org", "a campaign needs either org or groups");
        }
        if (org != null && !groups.isEmpty()) {
            throw BadInput.badField("groups", "a campaign has either org or groups, not both");
        }
        if (to <= from) {
            throw BadInput.badField("to", "to must be later than from");
        }
        if (id.equals(compareTo)) {
            throw BadInput.badField("compareTo", "a campaign cannot be compared with itself");
        }
        return new Campaign(id, name, org, groups, from, to, targetGmv, targetOrders, compareTo);
    }

    static CampaignJson empty() {
        return new CampaignJson();
    }

    private boolean readTarget(String field, StrictJson json) throws BadInput {
        switch (field) {
            case "gmv" -> targetGmv = json.integer(0, MAX_TARGET);
            case "orders" -> targetOrders = json.integer(0, MAX_TARGET);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String readOrg(StrictJson json) throws BadInput {
        String path = json.text();
        // the empty path is the root: every group takes part
        if (path != null && !path.isEmpty() && !OrgPaths.isPath(path)) {
            throw json.fault(OrgPaths.RULE);
        }
        return path;
    }

    private static @Nullable Long readTime(StrictJson json) throws BadInput {
        if (!json.isText()) {
            return json.integer(0, MAX_MILLIS);
        }
        long millis = Rfc3339.parseMillis(String.valueOf(json.text()));
        if (millis < 0 || millis > MAX_MILLIS) {
            throw json.fault("epoch milliseconds or RFC 3339 with an offset");
        }
        return millis;
    }

    private static BadInput missing(String field) {
        return BadInput.missingField(field, "a campaign needs " + field);
    }
}
