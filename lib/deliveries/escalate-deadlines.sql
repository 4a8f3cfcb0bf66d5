-- Tells of every running clock the levels of its deadline that have passed (percent of the time from the payment on,
-- ascending to 100), each once for ever, in batches down the board. Only the highest new one raises an alarm, and the
-- alarm of a lower one is over with it: after a night without a worker the inbox holds one an order, not three.
-- The order is locked, as by whoever ends or moves its clock; one that somebody holds now is told a minute later.
-- An order whose highest passed level was told is left out by one look at the primary key.
CREATE OR REPLACE FUNCTION escalate_deadlines(
  p_levels integer[], p_now timestamptz, p_after_deadline timestamptz, p_after_id bigint, p_limit integer
) RETURNS TABLE (order_id bigint, order_no text, deliver_by timestamptz, told integer) LANGUAGE plpgsql AS $$
DECLARE
  v_passed integer;
BEGIN
  FOR order_id, order_no, deliver_by, v_passed IN
    SELECT o.id, o.order_no, o.deliver_by, passed.level FROM orders o CROSS JOIN LATERAL (
        SELECT p_levels[width_bucket(percent_over(o.paid_at, o.deliver_by, p_now), p_levels::float8[])] AS level) passed
      WHERE o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL
        AND (p_after_id IS NULL OR (o.deliver_by, o.id) > (p_after_deadline, p_after_id))
        AND passed.level IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM escalations e WHERE e.order_id = o.id AND e.level = passed.level)
      ORDER BY o.deliver_by, o.id LIMIT p_limit FOR NO KEY UPDATE OF o SKIP LOCKED
  LOOP
    told := tell_levels(order_id, p_levels, v_passed, p_now);
    IF told IS NOT NULL THEN
      PERFORM resolve_alarms_of_order(order_id, 'shop', ARRAY['deadline_near'], p_now);
      PERFORM raise_alarm('shop', CASE told WHEN 100 THEN 'deadline_missed' ELSE 'deadline_near' END,
        deadline_alarm_key(order_id, told), order_id, NULL,
        jsonb_build_object('orderNo', order_no, 'level', told, 'deliverBy', deliver_by));
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;

-- Keeps that these levels were told, and answers the passed one when nobody has told it, or a higher one, before.
CREATE OR REPLACE FUNCTION tell_levels(p_order_id bigint, p_levels integer[], p_passed integer, p_now timestamptz)
RETURNS integer LANGUAGE sql AS $$
  WITH told AS (
    INSERT INTO escalations (order_id, level, at)
    SELECT p_order_id, l, p_now FROM unnest(p_levels) l WHERE l <= p_passed ORDER BY l ON CONFLICT DO NOTHING RETURNING level
  )
  SELECT level FROM told WHERE level = p_passed
    AND NOT EXISTS (SELECT 1 FROM escalations e WHERE e.order_id = p_order_id AND e.level > p_passed)
$$;

-- How much of the time to a deadline is over, in percent: exact where it is a whole number, 100 once it is over.
CREATE OR REPLACE FUNCTION percent_over(p_paid_at timestamptz, p_deliver_by timestamptz, p_now timestamptz)
RETURNS float8 LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p_now >= p_deliver_by THEN 100
    ELSE 100 * date_part('epoch', p_now - p_paid_at) / nullif(date_part('epoch', p_deliver_by - p_paid_at), 0) END
$$;

CREATE OR REPLACE FUNCTION deadline_alarm_key(p_order_id bigint, p_level integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_level WHEN 100 THEN 'deadline_missed:' || p_order_id ELSE 'deadline_near:' || p_order_id || ':' || p_level END
$$;
