-- Raises an alarm, or counts up on the one about the same trouble that is not resolved yet. Returns its id. It may run
-- inside the statement that settles a payment, so it does not NOTIFY: open desks hear of a new one through the outbox.
CREATE OR REPLACE FUNCTION raise_alarm(
  p_source text, p_kind text, p_dedupe_key text, p_order_id bigint, p_notification_id bigint, p_facts jsonb
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_alarm alarms;
BEGIN
  INSERT INTO alarms (source, kind, dedupe_key, notification_id, facts)
  VALUES (p_source, p_kind, p_dedupe_key, p_notification_id, p_facts)
  ON CONFLICT (dedupe_key) WHERE status <> 'resolved'
  DO UPDATE SET count = alarms.count + 1, last_raised_at = now(), facts = alarms.facts || excluded.facts
  RETURNING * INTO v_alarm;
  IF p_order_id IS NOT NULL THEN
    INSERT INTO alarm_orders (alarm_id, order_id) VALUES (v_alarm.id, p_order_id) ON CONFLICT DO NOTHING;
  END IF;
  IF v_alarm.count = 1 THEN
    INSERT INTO outbox (task, payload) VALUES ('alarm_raised', jsonb_build_object('alarmId', v_alarm.id));
  END IF;
  RETURN v_alarm.id;
END $$;

-- The fact that these alarms were about is gone. The order of an index: whoever resolves several waits in no circle.
CREATE OR REPLACE FUNCTION resolve_alarms(p_dedupe_keys text[], p_now timestamptz) RETURNS void LANGUAGE sql AS $$
  WITH gone AS (
    SELECT id FROM alarms WHERE dedupe_key = ANY (p_dedupe_keys) AND status <> 'resolved' ORDER BY id FOR NO KEY UPDATE
  )
  UPDATE alarms a SET status = 'resolved', resolved_at = p_now FROM gone WHERE a.id = gone.id
$$;

-- The same for every alarm of these kinds that touches this order, and others only of which WeChat has the report too,
-- or wants none.
CREATE OR REPLACE FUNCTION resolve_alarms_of_order(p_order_id bigint, p_source text, p_kinds text[], p_now timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_ids bigint[];
BEGIN
  -- Locked first, judged after: of two reports that are taken at once the second sees the first.
  SELECT array_agg(l.id) INTO v_ids FROM (
    SELECT a.id FROM alarms a JOIN alarm_orders o ON o.alarm_id = a.id
      WHERE o.order_id = p_order_id AND a.source = p_source AND a.kind = ANY (p_kinds) AND a.status <> 'resolved'
      ORDER BY a.id FOR NO KEY UPDATE OF a) l;
  UPDATE alarms a SET status = 'resolved', resolved_at = p_now WHERE a.id = ANY (v_ids)
    AND NOT EXISTS (SELECT 1 FROM alarm_orders others WHERE others.alarm_id = a.id AND others.order_id <> p_order_id
      AND NOT EXISTS (SELECT 1 FROM delivery_reports d JOIN receipts r ON r.id = d.receipt_id AND r.verdict = 'settling'
        WHERE r.order_id = others.order_id AND d.status IN ('reported', 'waived')));
END $$;
