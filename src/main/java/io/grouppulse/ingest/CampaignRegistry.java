package io.grouppulse.ingest;

import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.StrictJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of all campaigns: read from memory, and kept in one document that is replaced as a whole.
 * Thread-safe; changes block until they are durable, and show only then.
 */
public final class CampaignRegistry {
    /** The most campaigns that can be defined. */
    public static final int CAPACITY = 10_000;

    private static final int TRIES = 20;

    private final Document document;
    private volatile Map<String, Campaign> campaigns = Map.of();
    private volatile Runnable changed = () -> {};

    private CampaignRegistry(Document document) {
        this.document = document;
    }

    /**
     * Reads what is defined; blocks.
     *
     * @throws IOException if the document cannot be read or is not what was written; the message names it
     */
    public static CampaignRegistry open(Document document) throws IOException {
        CampaignRegistry registry = new CampaignRegistry(document);
        registry.readAgain();
        return registry;
    }

    /** As {@link #open}, for what another monitor may have written since; blocks. */
    public synchronized void readAgain() throws IOException {
        byte[] content = document.read();
        campaigns = content == null ? Map.of() : load(content, document.place());
    }

    /** Reads again what another monitor has written since, if any has; blocks. */
    public synchronized void refresh() throws IOException {
        if (document.isChanged()) {
            readAgain();
        }
    }

    /** Is told, on the thread of whoever changed something, of each change that was made here. */
    public void onChange(Runnable listener) {
        this.changed = listener;
    }

    /** All campaigns by id; a snapshot, another one after each change. */
    public Map<String, Campaign> all() {
        return campaigns;
    }

    public @Nullable Campaign find(String id) {
        return campaigns.get(id);
    }

    /** Ids of the campaigns whose organisation is the node, above it or below it; at the root, of all. Sorted. */
    public List<String> idsOf(String org) {
        return campaigns.values().stream()
                .filter(campaign -> org.isEmpty() || concerns(campaign, org))
                .map(Campaign::id)
                .toList();
    }

    private static boolean concerns(Campaign campaign, String org) {
        String its = campaign.org();
        return its != null && (its.isEmpty() || isAtOrBelow(its, org) || isAtOrBelow(org, its));
    }

    private static boolean isAtOrBelow(String path, String node) {
        return path.equals(node) || path.startsWith(node + "/");
    }

    /** Defines or redefines a campaign; false if there are too many. Blocks. */
    public synchronized boolean put(Campaign campaign) throws IOException {
        return change(all -> {
            all.put(campaign.id(), campaign);
            return all.size() <= CAPACITY;
        });
    }

    /** Forgets a campaign; nothing happens if there is none of this id. Blocks. */
    public synchronized void remove(String id) throws IOException {
        change(all -> all.remove(id) != null);
    }

    /** Changes what is defined now, whoever defined it; false if there is nothing to be changed. */
    private boolean change(Predicate<Map<String, Campaign>> step) throws IOException {
        for (int left = TRIES; ; left--) {
            TreeMap<String, Campaign> copy = new TreeMap<>(campaigns);
            if (!step.test(copy)) {
                return false;
            }
            try {
                replace(copy);
                changed.run();
                return true;
            } catch (DocumentChangedException e) {
                if (left == 0) {
                    throw e;
                }
                readAgain();
            }
        }
    }

    private void replace(Map<String, Campaign> all) throws IOException {
        JsonArray items = new JsonArray();
        all.values().forEach(campaign -> items.add(CampaignJson.write(campaign)));
        document.replace(new JsonObject().put("campaigns", items).toBuffer().getBytes());
        campaigns = Collections.unmodifiableMap(all);
    }

    private static Map<String, Campaign> load(byte[] content, String place) throws IOException {
        TreeMap<String, Campaign> loaded = new TreeMap<>();
        try {
            StrictJson.read(content, (name, json) -> {
                if (!name.equals("campaigns")) {
                    return false;
                }
                json.array(CAPACITY, element -> loadOne(element, loaded));
                return true;
            });
        } catch (BadInput e) {
            throw new IOException(
                    "the campaigns in " + place + " cannot be read (" + e.detail()
                            + "): restore it, or move it away to start without campaigns",
                    e);
        }
        return Collections.unmodifiableMap(loaded);
    }

    private static void loadOne(StrictJson json, Map<String, Campaign> into) throws BadInput {
        CampaignJson body = CampaignJson.empty();
        String[] id = new String[1];
        json.object((field, value) -> {
            if (field.equals("id")) {
                id[0] = value.name(128);
                return true;
            }
            return body.readField(field, value);
        });
        if (id[0] == null) {
            throw BadInput.missingField("id", "a campaign without id");
        }
        into.put(id[0], body.toCampaign(id[0]));
    }
}
