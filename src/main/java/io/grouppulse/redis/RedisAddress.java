package io.grouppulse.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is and how to log in: {@code redis://user:password@host:port/database} ({@code rediss://} with TLS), a
 * comma list of such hosts for a cluster, or {@code sentinel://host:port,host:port/master-name}.
 *
 * @param tls whether connections are encrypted and the host's certificate checked
 * @param user empty for the default user
 * @param password empty for none
 * @param masterName what Sentinel calls the master; empty unless {@link Kind#SENTINEL}
 */
public record RedisAddress(
        Kind kind, List<String> hosts, boolean tls, String user, String password, int database, String masterName) {

    /** How the servers behind the address stand together. */
    public enum Kind {
        /** One server, or one name behind which the master stands. */
        STANDALONE,
        /** Redis Cluster: keys are spread over several masters. */
        CLUSTER,
        /** One master that Sentinels know and replace. */
        SENTINEL
    }

    /** What a Redis address looks like, to complete the sentence "expected …". */
    public static final String FORMS = "redis://[user:password@]host[:port][/database], rediss:// for TLS, a comma list"
            + " of such hosts for a cluster, or sentinel://host[:port],…[/master-name]";

    private static final Pattern ADDRESS =
            Pattern.compile("(redis|rediss|sentinel)://(?:(.*)@)?([^@/]+)(?:/([^/@]*))?");
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?", Pattern.UNICODE_CASE);
    private static final Pattern MASTER = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern SECRET = Pattern.compile("//.*@");
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;
    private static final int MOST_DATABASES = 1 << 20;

    public RedisAddress {
        hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException if this is no such address; the message says what is wrong, without secrets */
    public static RedisAddress parse(String text) {
        Matcher whole = ADDRESS.matcher(oneScheme(text.trim()));
        if (!whole.matches()) {
            throw new IllegalArgumentException("expected " + FORMS);
        }
        boolean sentinel = whole.group(1).equals("sentinel");
        List<String> hosts = new ArrayList<>();
        for (String host : whole.group(3).split(",", -1)) {
            hosts.add(hostAndPort(host.trim(), sentinel ? SENTINEL_PORT : REDIS_PORT));
        }
        Kind kind = sentinel ? Kind.SENTINEL : hosts.size() > 1 ? Kind.CLUSTER : Kind.STANDALONE;
        String[] login = login(whole.group(2));
        String path = whole.group(4) == null ? "" : whole.group(4);
        return new RedisAddress(
                kind,
                hosts,
                whole.group(1).equals("rediss"),
                login[0],
                login[1],
                sentinel ? 0 : database(path, kind),
                sentinel ? masterName(path) : "");
    }

    /** The server at this host and port that the Sentinels name, with the same login. */
    RedisAddress ofMaster(String host) {
        return new RedisAddress(Kind.STANDALONE, List.of(host), tls, user, password, 0, "");
    }

    /** A Sentinel: its default user takes the password, or any if it has none; users of the master it does not know. */
    RedisAddress ofSentinel(String host) {
        return new RedisAddress(Kind.STANDALONE, List.of(host), tls, "", password, 0, "");
    }

    /** The text with what stands before the host masked. */
    public static String masked(String text) {
        return SECRET.matcher(text).replaceAll("//***@");
    }

    /** Without user and password. */
    @Override
    public String toString() {
        String scheme = kind == Kind.SENTINEL ? "sentinel" : tls ? "rediss" : "redis";
        String path = kind == Kind.SENTINEL ? "/" + masterName : database == 0 ? "" : "/" + database;
        return scheme + "://" + String.join(",", hosts) + path;
    }

    /** A list may repeat the scheme, and the login, before each host. */
    private static String oneScheme(String text) {
        String[] parts = text.split(",", -1);
        int end = parts[0].indexOf("://");
        if (end < 0) {
            return text;
        }
        int at = parts[0].lastIndexOf('@');
        String prefix = parts[0].substring(0, Math.max(end + 3, at + 1));
        StringBuilder joined = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].trim();
            joined.append(',').append(part.startsWith(prefix) ? part.substring(prefix.length()) : part);
        }
        return joined.toString();
    }

    private static String hostAndPort(String text, int defaultPort) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no host and port; expected " + FORMS);
        }
        int port = host.group(2) == null ? defaultPort : Integer.parseInt(host.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
        }
        return host.group(1).toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static String[] login(@Nullable String text) {
        if (text == null) {
            return new String[] {"", ""};
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new String[] {"", decoded(text)}
                : new String[] {decoded(text.substring(0, colon)), decoded(text.substring(colon + 1))};
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the password has a % that does not begin two hex digits", e);
        }
    }

    private static int database(String path, Kind kind) {
        if (path.isEmpty()) {
            return 0;
        }
        if (!path.matches("[0-9]{1,7}") || Integer.parseInt(path) >= MOST_DATABASES) {
            throw new IllegalArgumentException("'" + path + "' is no number of a database");
        }
        int database = Integer.parseInt(path);
        if (kind == Kind.CLUSTER && database != 0) {
            throw new IllegalArgumentException("a cluster has the database 0 alone");
        }
        return database;
    }

    private static String masterName(String path) {
        if (path.isEmpty()) {
            return "mymaster";
        }
        if (!MASTER.matcher(path).matches()) {
            throw new IllegalArgumentException("'" + path + "' is no name of a master");
        }
        return path;
    }
}
