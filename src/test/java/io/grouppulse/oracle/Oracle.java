package io.grouppulse.oracle;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.time.WindowSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Every measure as a batch of SQL over a set of events, in a database of its own in memory.
 *
 * <p>Loading adds to what is loaded, so a stream is checked at several moments by loading what came since the last. Of
 * events with the same source and id in a group the first loaded counts. For one thread.
 */
public final class Oracle implements BatchMeasures, AutoCloseable {

    private final OracleSettings settings;
    private final Connection connection;
    private long loaded;
    private boolean derived;

    public Oracle(OracleSettings settings) {
        this.settings = settings;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            execute(OracleSql.SCHEMA);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** An oracle that has these events loaded. */
    public static Oracle of(OracleSettings settings, List<GroupEvent> events) {
        return new Oracle(settings).load(events);
    }

    /** Adds the events of a file of gzipped NDJSON. */
    public Oracle load(Path ndjsonGz) {
        return load(Datasets.read(ndjsonGz));
    }

    /** Adds events. */
    public Oracle load(List<GroupEvent> events) {
        derived = false;
        try (DuckDBAppender rows = appender("raw");
                DuckDBAppender lines = appender("raw_line")) {
            for (GroupEvent event : events) {
                append(rows, event);
                appendLines(lines, event.chain());
                loaded++;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return this;
    }

    @Override
    public Map<String, Map<String, Map<String, Long>>> windows(long t) {
        return measures(settings.windows().stream().map(w -> window(w, t)).toList(), t);
    }

    @Override
    public Map<String, Map<String, Long>> today(long t) {
        Map<String, Map<String, Long>> days = new TreeMap<>();
        measures(List.of(day(t)), t).forEach((group, spans) -> days.put(group, spans.get("today")));
        return days;
    }

    @Override
    public Map<String, Long> members(long t) {
        Map<String, Long> members = new TreeMap<>();
        try {
            groups().forEach(group -> members.put(group, 0L));
            try (Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery(OracleSql.MEMBERS)) {
                while (rows.next()) {
                    members.put(rows.getString(1), rows.getLong(2));
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return members;
    }

    @Override
    public Map<String, Map<Long, Map<String, Long>>> history(long fromMinute, long toMinute) {
        Map<String, Map<Long, Map<String, Long>>> history = new TreeMap<>();
        try {
            derive();
            try (PreparedStatement query = prepare(OracleSql.HISTORY, fromMinute, toMinute, fromMinute, toMinute);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    history.computeIfAbsent(rows.getString(1), g -> new TreeMap<>())
                            .computeIfAbsent(rows.getLong(2), m -> zeros(MeasureNames.HISTORY))
                            .put(rows.getString(3), rows.getLong(4));
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return history;
    }

    @Override
    public Map<String, Map<String, Long>> total() {
        Map<String, Map<String, Long>> totals = new TreeMap<>();
        try {
            groups().forEach(group -> totals.put(group, zeros(MeasureNames.TOTAL)));
            try (Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery(OracleSql.TOTAL)) {
                while (rows.next()) {
                    long value = rows.getLong(3);
                    totals.getOrDefault(rows.getString(1), Map.of())
                            .computeIfPresent(rows.getString(2), (measure, zero) -> value);
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return totals;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * A range of time to measure.
     *
     * @param since inclusive, without an upper end: what is ahead of T counts
     * @param maturedFrom first touch whose conversion is matured
     * @param maturedTo the first one too late for that
     */
    private record Span(String name, long since, long maturedFrom, long maturedTo) {}

    private Span window(WindowSpec window, long t) {
        long end = (Math.floorDiv(t, window.slice()) + 1) * window.slice();
        long since = end - window.width();
        long a = settings.conversionWindowMillis();
        return new Span(window.name(), since, since - a, end - a);
    }

    private Span day(long t) {
        long start = Instant.ofEpochMilli(t)
                .atZone(settings.zone())
                .toLocalDate()
                .atStartOfDay(settings.zone())
                .toInstant()
                .toEpochMilli();
        long a = settings.conversionWindowMillis();
        long end = t - Math.floorMod(t, 1_000L) + 1_000;
        return new Span("today", start, start - a, end - a);
    }

    private Map<String, Map<String, Map<String, Long>>> measures(List<Span> spans, long t) {
        Map<String, Map<String, Map<String, Long>>> measures = new TreeMap<>();
        long a = settings.conversionWindowMillis();
        try {
            groups().forEach(group -> measures.put(group, zeros(spans)));
            setSpans(spans);
            try (PreparedStatement query = prepare(OracleSql.MEASURES, t, a, t, a);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    measures.getOrDefault(rows.getString(1), Map.of())
                            .getOrDefault(rows.getString(2), Map.of())
                            .put(rows.getString(3), rows.getLong(4));
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return measures;
    }

    private static Map<String, Map<String, Long>> zeros(List<Span> spans) {
        Map<String, Map<String, Long>> zeros = new TreeMap<>();
        spans.forEach(span -> zeros.put(span.name(), zeros(MeasureNames.ALL)));
        return zeros;
    }

    private static Map<String, Long> zeros(Collection<String> measures) {
        Map<String, Long> zeros = new TreeMap<>();
        measures.forEach(measure -> zeros.put(measure, 0L));
        return zeros;
    }

    private void setSpans(List<Span> spans) throws SQLException {
        execute(List.of("DELETE FROM span"));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO span VALUES (?, ?, ?, ?)")) {
            for (Span span : spans) {
                insert.setString(1, span.name());
                insert.setLong(2, span.since());
                insert.setLong(3, span.maturedFrom());
                insert.setLong(4, span.maturedTo());
                insert.executeUpdate();
            }
        }
    }

    private List<String> groups() throws SQLException {
        derive();
        List<String> groups = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(OracleSql.GROUPS)) {
            while (rows.next()) {
                groups.add(rows.getString(1));
            }
        }
        return groups;
    }

    private void derive() throws SQLException {
        if (!derived) {
            execute(OracleSql.DERIVE);
            derived = true;
        }
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private PreparedStatement prepare(String sql, long... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
        return statement;
    }

    private DuckDBAppender appender(String table) throws SQLException {
        return connection.unwrap(DuckDBConnection.class).createAppender(table);
    }

    private void append(DuckDBAppender rows, GroupEvent event) throws SQLException {
        rows.beginRow();
        rows.append(loaded);
        rows.append(event.group());
        rows.append(event.source());
        rows.append(event.id());
        rows.append(event.type().wireName());
        rows.append(event.ts());
        append(rows, event.member());
        rows.append(event.role() == null || event.role() == Role.CUSTOMER);
        append(rows, event.order());
        appendAmount(rows, event);
        append(rows, event.target());
        rows.endRow();
    }

    private static void append(DuckDBAppender rows, @Nullable String text) throws SQLException {
        if (text == null) {
            rows.appendNull();
        } else {
            rows.append(text);
        }
    }

    private static void appendAmount(DuckDBAppender rows, GroupEvent event) throws SQLException {
        if (event.hasAmount()) {
            rows.append(event.amount());
        } else {
            rows.appendNull();
        }
    }

    private void appendLines(DuckDBAppender rows, @Nullable ChainPost chain) throws SQLException {
        if (chain == null) {
            return;
        }
        for (long line : chain.lines()) {
            rows.beginRow();
            rows.append(loaded);
            rows.append(chain.head());
            rows.append(line);
            rows.endRow();
        }
    }

    private static IllegalStateException failed(SQLException cause) {
        return new IllegalStateException("the oracle's SQL failed: " + cause.getMessage(), cause);
    }
}
