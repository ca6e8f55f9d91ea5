package io.grouppulse.oracle;

import java.util.List;

/** The definitions of the measures in SQL: from raw events to dated facts, and from facts to measures. */
final class OracleSql {

    static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE raw (seq BIGINT, grp VARCHAR, source VARCHAR, id VARCHAR, type VARCHAR, ts BIGINT,
                member VARCHAR, customer BOOLEAN, ord VARCHAR, amount BIGINT, target VARCHAR)""",
            "CREATE TABLE raw_line (seq BIGINT, head BIGINT, line BIGINT)",
            "CREATE TABLE span (name VARCHAR, since BIGINT, matured_from BIGINT, matured_to BIGINT)",
            "CREATE TABLE event_counts (type VARCHAR, measure VARCHAR)",
            """
            INSERT INTO event_counts VALUES
                ('message.sent', 'messages'), ('member.joined', 'joins'), ('member.left', 'leaves'),
                ('share.posted', 'shares'), ('share.opened', 'touches'), ('product.viewed', 'touches'),
                ('cart.added', 'carts'), ('chain.joined', 'chainEntries')""",
            """
            INSERT INTO event_counts SELECT unnest(['message.sent', 'reaction.added', 'checkin.done',
                'redpacket.claimed', 'lottery.entered', 'coupon.claimed', 'chain.joined', 'groupbuy.opened',
                'groupbuy.joined', 'share.opened', 'product.viewed', 'cart.added', 'order.created', 'order.paid']),
                'interactions'""",
            "CREATE TABLE person_marks (counted VARCHAR, measure VARCHAR)",
            """
            INSERT INTO person_marks VALUES ('messages', 'speakers'), ('interactions', 'active'),
                ('touches', 'touched'), ('carts', 'carted')""");

    /** Rebuilds everything that depends on the events alone, in this order. */
    static final List<String> DERIVE = List.of(
            """
            CREATE OR REPLACE TABLE event AS SELECT * FROM raw WHERE grp <> ''
            QUALIFY row_number() OVER (PARTITION BY grp, source, id ORDER BY seq) = 1""",
            """
            CREATE OR REPLACE TABLE taken_back AS
            SELECT DISTINCT m.seq FROM event m JOIN event r
                ON r.grp = m.grp AND r.source = m.source AND r.target = m.id AND r.ts BETWEEN m.ts AND m.ts + %d
            WHERE m.type = 'message.sent' AND r.type = 'message.revoked'""".formatted(OracleSettings.REVOKE_MILLIS),
            "CREATE OR REPLACE TABLE standing AS SELECT * FROM event ANTI JOIN taken_back USING (seq)",
            """
            CREATE OR REPLACE TABLE step AS
            SELECT grp, source, ord, type, min(ts) AS ts,
                arg_min(member, (ts, id)) AS member, arg_min(customer, (ts, id)) AS customer,
                arg_min(amount, (ts, id)) FILTER (WHERE amount IS NOT NULL) AS amount
            FROM event WHERE type IN ('order.created', 'order.paid', 'order.cancelled') GROUP BY ALL""",
            """
            CREATE OR REPLACE TABLE sale AS
            SELECT grp, source, ord,
                max(ts) FILTER (WHERE type = 'order.created') AS created_at,
                max(ts) FILTER (WHERE type = 'order.paid') AS paid_at,
                max(ts) FILTER (WHERE type = 'order.cancelled') AS cancelled_at,
                max(amount) FILTER (WHERE type = 'order.paid') AS paid
            FROM step GROUP BY ALL""",
            """
            CREATE OR REPLACE TABLE refund AS
            SELECT grp, source, ord, ts, greatest(0, least(amount, coalesce(paid, 0) - earlier)) AS amount
            FROM (SELECT *, coalesce(sum(amount) OVER (PARTITION BY grp, source, ord ORDER BY ts, id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier
                FROM event WHERE type = 'order.refunded')
            LEFT JOIN sale USING (grp, source, ord)""",
            """
            CREATE OR REPLACE TABLE give_back AS
            SELECT s.grp, s.cancelled_at AS ts, coalesce(s.paid, 0) - coalesce(r.amount, 0) AS amount
            FROM sale s LEFT JOIN (SELECT grp, source, ord, sum(amount) AS amount FROM refund GROUP BY ALL) r
                USING (grp, source, ord)
            WHERE s.cancelled_at >= s.paid_at""",
            """
            CREATE OR REPLACE TABLE chain_entry AS
            SELECT grp, min(ts) AS ts FROM event JOIN raw_line USING (seq) WHERE type = 'chain.posted'
            GROUP BY grp, head, line""",
            """
            CREATE OR REPLACE TABLE fact AS
            SELECT grp, ts, measure, 1::BIGINT AS value FROM standing JOIN event_counts USING (type)
            UNION ALL SELECT grp, ts, 'chainEntries', 1 FROM chain_entry
            UNION ALL SELECT grp, ts, 'ordersCreated', 1 FROM step WHERE type = 'order.created'
            UNION ALL SELECT grp, ts, 'ordersPaid', 1 FROM step WHERE type = 'order.paid'
            UNION ALL SELECT grp, ts, 'ordersCancelled', 1 FROM step WHERE type = 'order.cancelled'
            UNION ALL SELECT grp, ts, 'gmvCreated', amount FROM step WHERE type = 'order.created' AND amount > 0
            UNION ALL SELECT grp, ts, unnest(['gmvPaid', 'gmvNet']), amount
                FROM step WHERE type = 'order.paid' AND amount > 0
            UNION ALL SELECT grp, ts, 'pricedPaid', 1 FROM step WHERE type = 'order.paid' AND amount IS NOT NULL
            UNION ALL SELECT grp, ts, 'unpriced', 1
                FROM step WHERE type = 'order.paid' AND amount IS NULL
            UNION ALL SELECT grp, created_at, 'unpaid', 1
                FROM sale WHERE created_at IS NOT NULL AND paid_at IS NULL AND cancelled_at IS NULL
            UNION ALL SELECT grp, ts, unnest(['refunds', 'gmvNet']), unnest([amount, -amount])
                FROM refund WHERE amount > 0
            UNION ALL SELECT grp, ts, 'gmvNet', -amount FROM give_back WHERE amount > 0""",
            """
            CREATE OR REPLACE TABLE deed AS
            SELECT grp, ts, p.measure, member FROM standing
                JOIN event_counts c USING (type) JOIN person_marks p ON p.counted = c.measure WHERE customer
            UNION ALL SELECT grp, ts, 'ordered', member
                FROM step WHERE type IN ('order.created', 'order.paid') AND customer
            UNION ALL SELECT grp, ts, 'paid', member FROM step WHERE type = 'order.paid' AND customer
            UNION ALL SELECT grp, ts, 'buyers', member FROM step WHERE type = 'order.paid'""",
            """
            CREATE OR REPLACE TABLE touch AS
            SELECT t.grp, t.member, t.ts, p.ts AS next_paid_at
            FROM (SELECT * FROM deed WHERE measure = 'touched') t
            ASOF LEFT JOIN (SELECT * FROM deed WHERE measure = 'paid') p
                ON t.grp = p.grp AND t.member = p.member AND t.ts <= p.ts""");

    static final String GROUPS = "SELECT DISTINCT grp FROM event";

    /** Parameters: T, A, T, A. A touch converted if the first payment from it on came within A and by T. */
    static final String MEASURES = """
            SELECT grp, name, measure, sum(value)::BIGINT
                FROM fact JOIN span ON ts >= since WHERE measure <> 'ordersCancelled' GROUP BY ALL
            UNION ALL
            SELECT grp, name, measure, count(DISTINCT member)
                FROM deed JOIN span ON ts >= since GROUP BY ALL
            UNION ALL
            SELECT grp, name, unnest(['conversionDen', 'conversionNum']),
                unnest([count(DISTINCT member),
                    count(DISTINCT member) FILTER (WHERE next_paid_at <= least(?, ts + ?))])
                FROM touch JOIN span ON ts >= since GROUP BY grp, name
            UNION ALL
            SELECT grp, name, unnest(['maturedDen', 'maturedNum']),
                unnest([count(DISTINCT member),
                    count(DISTINCT member) FILTER (WHERE next_paid_at <= least(?, ts + ?))])
                FROM touch JOIN span ON ts >= matured_from AND ts < matured_to GROUP BY grp, name""";

    static final String MEMBERS = """
            SELECT grp, count(*) FROM (
                SELECT grp, member,
                    max(ts) FILTER (WHERE customer AND type NOT IN ('member.left', 'source.heartbeat')) AS seen,
                    max(ts) FILTER (WHERE type = 'member.left') AS gone
                FROM event WHERE member IS NOT NULL GROUP BY ALL)
            WHERE seen IS NOT NULL AND (gone IS NULL OR seen > gone) GROUP BY grp""";

    /** Parameters: from, to, from, to. */
    static final String HISTORY = """
            SELECT grp, ts // 60000 * 60000 AS minute, measure, sum(value)::BIGINT AS n
                FROM fact WHERE ts >= ? AND ts < ? AND measure <> 'ordersCancelled' GROUP BY ALL HAVING n <> 0
            UNION ALL
            SELECT grp, ts // 60000 * 60000 AS minute, measure, count(DISTINCT member)
                FROM deed WHERE ts >= ? AND ts < ? AND measure IN ('active', 'buyers') GROUP BY ALL""";

    static final String TOTAL = "SELECT grp, measure, sum(value)::BIGINT FROM fact GROUP BY ALL";

    private OracleSql() {}
}
