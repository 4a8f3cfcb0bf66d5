-- Something has left of an order, or will not leave any more: what was said of contents that it waited for is over,
-- unless another order that the same alarm names still waits. Locks the alarms, after everything else.
CREATE OR REPLACE FUNCTION end_codes_alarms(p_order_id bigint, p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_alarm record;
BEGIN
  FOR v_alarm IN
    SELECT a.id, a.dedupe_key FROM alarms a JOIN alarm_orders o ON o.alarm_id = a.id
      WHERE o.order_id = p_order_id AND a.source = 'shop' AND a.kind IN ('codes_empty', 'content_unreadable')
        AND a.status <> 'resolved' ORDER BY a.id FOR NO KEY UPDATE OF a
  LOOP
    IF NOT EXISTS (
      SELECT 1 FROM alarm_orders o JOIN orders w ON w.id = o.order_id JOIN order_lines l ON l.order_id = w.id
        WHERE o.alarm_id = v_alarm.id AND w.status = 'paid' AND l.quantity - l.shipped - l.dropped > 0
          AND l.variant_id = split_part(v_alarm.dedupe_key, ':', 2)::bigint
    ) THEN
      PERFORM resolve_alarms(ARRAY[v_alarm.dedupe_key], p_now);
    END IF;
  END LOOP;
END $$;
