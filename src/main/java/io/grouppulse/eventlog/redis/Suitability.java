package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.IdsAsStored;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Whether a Redis can carry a store, and carries this one. */
record Suitability(RedisLink link, RedisStoreSettings settings) {
    private static final int FORMAT = 1;
    private static final int LEAST_MAJOR = 6;
    private static final int LEAST_MINOR = 2;

    /** @throws IllegalStateException if not; the message says why and what to do */
    void check() throws IOException {
        Map<String, String> info = info();
        checkVersion(info.getOrDefault("redis_version", ""));
        checkCluster(info.getOrDefault("cluster_enabled", "0").equals("1"));
        checkEviction(info.getOrDefault("maxmemory", "0"), info.getOrDefault("maxmemory_policy", "noeviction"));
        checkAgreement();
    }

    private Map<String, String> info() throws IOException {
        Response answer = Blocking.await(link.send(Request.cmd(Command.INFO), settings.timeoutMillis()));
        Map<String, String> info = new HashMap<>();
        String.valueOf(answer).lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        });
        return info;
    }

    private void checkVersion(String version) {
        String[] parts = version.split("\\.", 3);
        boolean isKnown = parts.length > 1 && parts[0].matches("[0-9]{1,4}") && parts[1].matches("[0-9]{1,4}");
        int major = isKnown ? Integer.parseInt(parts[0]) : 0;
        int minor = isKnown ? Integer.parseInt(parts[1]) : 0;
        refuseIf(
                major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR),
                "is Redis " + version + ", the store needs " + LEAST_MAJOR + "." + LEAST_MINOR + " or newer");
    }

    private void checkCluster(boolean isCluster) {
        boolean asCluster = settings.address().kind() == RedisAddress.Kind.CLUSTER;
        refuseIf(isCluster && !asCluster, "is part of a cluster: name several of its hosts, separated by commas");
        refuseIf(!isCluster && asCluster, "is no cluster: name one host, or the Sentinels with sentinel://");
    }

    private void checkEviction(String maxMemory, String policy) {
        refuseIf(
                !maxMemory.equals("0") && !policy.equals("noeviction"),
                "would evict events when it is full: set maxmemory-policy to noeviction (it is " + policy + ")");
    }

    private void checkAgreement() throws IOException {
        Response kept = Blocking.await(link.send(
                Scripts.agree(
                        new ShardKeys(ShardKeys.WHOLE).document("store"), FORMAT, settings.shards(), settings.ids()),
                settings.timeoutMillis()));
        String format = String.valueOf(kept.get(0));
        refuseIf(
                !format.equals(Integer.toString(FORMAT)),
                "holds a store of format " + format + ", this version reads format " + FORMAT
                        + ": start the version that wrote it");
        String shards = String.valueOf(kept.get(1));
        refuseIf(
                !shards.equals(Integer.toString(settings.shards())),
                "holds a store that was created with shards: " + shards + ", settings say " + settings.shards()
                        + ": set shards to " + shards + ", or use an empty database");
        String conflict = IdsAsStored.conflict(String.valueOf(kept.get(2)), settings.ids());
        refuseIf(conflict != null, "holds a store that " + conflict + ", or use an empty database");
    }

    private void refuseIf(boolean isWrong, String why) {
        if (isWrong) {
            throw new IllegalStateException("store: " + settings.address() + " " + why);
        }
    }
}
