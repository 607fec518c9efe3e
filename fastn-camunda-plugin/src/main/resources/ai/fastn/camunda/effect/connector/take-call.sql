-- One call asks whether it may go: counts what counts for its connection, and writes down that it goes or that its node waits.
-- The statement sees what was committed before it began; so the lock is taken by one before it, sent together with it.
SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(hashtext('fastn_call'), hashtext(?));
WITH me AS MATERIALIZED (
    SELECT CAST(? AS text) AS tenant, CAST(? AS text) AS environment, CAST(? AS text) AS connector,
        CAST(? AS text) AS connection, CAST(? AS text) AS node, CAST(? AS integer) AS requests,
        CAST(? AS integer) AS concurrent, ? * interval '1 ms' AS per, ? * interval '1 ms' AS way,
        ? * interval '1 ms' AS longest, ? * interval '1 ms' AS usual, ? * interval '1 ms' AS jitter,
        clock_timestamp() AS now),
own AS MATERIALIZED (
    SELECT w.since FROM fastn_call_wait w JOIN me USING (tenant, connection, connector, environment, node)
    WHERE w.comes_at > me.now - interval '10 s'),
earlier AS MATERIALIZED ( -- nodes that have waited for longer and come soon
    SELECT count(*) AS nodes, min(w.comes_at) + interval '100 ms' - me.now AS lapse
    FROM fastn_call_wait w JOIN me USING (tenant, connection, connector, environment)
    WHERE w.node <> me.node AND w.since < coalesce((SELECT since FROM own), 'infinity')
        AND w.since < me.now - greatest(2 * me.usual, interval '100 ms')
        AND w.comes_at BETWEEN me.now - interval '100 ms' AND me.now + interval '2 s'
    GROUP BY me.now),
sent AS MATERIALIZED (
    SELECT count(*) AS calls FROM fastn_call c JOIN me USING (tenant, connection, connector, environment)
    WHERE me.requests > 0 AND c.counts_until > me.now),
under_way AS MATERIALIZED (
    SELECT count(*) AS calls, min(c.taken_at) AS first
    FROM fastn_call c JOIN me USING (tenant, connection, connector, environment)
    WHERE me.concurrent > 0 AND c.ends_at > me.now),
held AS MATERIALIZED (
    SELECT h.until - me.now AS wait
    FROM fastn_call_hold h JOIN me USING (tenant, connection, connector, environment) WHERE h.until > me.now),
waits AS MATERIALIZED (
    SELECT (SELECT wait FROM held) AS held,
        CASE WHEN sent.calls >= me.requests AND me.requests > 0 THEN (
            SELECT least(c.counts_until, greatest(c.taken_at + me.usual, me.now) + me.per) - me.now
            FROM fastn_call c WHERE (c.tenant, c.connection, c.connector, c.environment)
                = (me.tenant, me.connection, me.connector, me.environment) AND c.counts_until > me.now
            ORDER BY 1 LIMIT 1 OFFSET least(sent.calls - 1, sent.calls - me.requests + coalesce(earlier.nodes, 0))
        ) END AS rate,
        CASE WHEN under_way.calls >= me.concurrent AND me.concurrent > 0 THEN greatest(
            under_way.first + me.usual - me.now, least(me.usual / 4, interval '1 s'), interval '20 ms') END AS number,
        CASE WHEN (me.requests > 0 AND sent.calls + earlier.nodes >= me.requests)
            OR (me.concurrent > 0 AND under_way.calls + earlier.nodes >= me.concurrent)
            THEN greatest(earlier.lapse, interval '20 ms') END AS kept
    FROM me CROSS JOIN sent CROSS JOIN under_way LEFT JOIN earlier ON true),
verdict AS MATERIALIZED (
    SELECT greatest(held, rate, number, CASE WHEN rate IS NULL AND number IS NULL THEN kept END) AS wait,
        number IS NULL AND (rate IS NOT NULL OR kept IS NULL) AS exact FROM waits),
old AS (
    DELETE FROM fastn_call WHERE number = ANY (ARRAY(
        SELECT c.number FROM fastn_call c JOIN me USING (tenant, connection, connector, environment)
        WHERE c.counts_until <= me.now AND (c.ends_at IS NULL OR c.ends_at <= me.now) LIMIT 20))),
taken AS (
    INSERT INTO fastn_call (tenant, environment, connector, connection, taken_at, counts_until, ends_at)
    SELECT tenant, environment, connector, connection, now,
        CASE WHEN requests > 0 THEN now + per + way ELSE now END, now + longest + interval '1 s'
    FROM me WHERE (SELECT wait FROM verdict) IS NULL RETURNING number),
waiting AS (
    INSERT INTO fastn_call_wait AS w (tenant, environment, connector, connection, node, since, comes_at)
    SELECT tenant, environment, connector, connection, node, coalesce((SELECT since FROM own), now),
        now + (SELECT wait FROM verdict) + jitter
    FROM me WHERE (SELECT wait FROM verdict) IS NOT NULL
    ON CONFLICT (tenant, connection, connector, environment, node)
    DO UPDATE SET since = excluded.since, comes_at = excluded.comes_at),
served AS (
    DELETE FROM fastn_call_wait w USING me WHERE (SELECT wait FROM verdict) IS NULL AND (w.tenant, w.connection,
        w.connector, w.environment, w.node) = (me.tenant, me.connection, me.connector, me.environment, me.node))
SELECT (SELECT number FROM taken) AS number, verdict.exact,
    ceil(extract(epoch FROM verdict.wait + me.jitter) * 1000000)::bigint AS wait FROM verdict CROSS JOIN me
