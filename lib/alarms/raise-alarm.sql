-- Raises an alarm, or counts up on the one about the same trouble that is not resolved yet. Returns its id.
CREATE OR REPLACE FUNCTION raise_alarm(
  p_source text, p_kind text, p_dedupe_key text, p_order_id bigint, p_notification_id bigint, p_facts jsonb
) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO alarms (source, kind, dedupe_key, order_id, notification_id, facts)
  VALUES (p_source, p_kind, p_dedupe_key, p_order_id, p_notification_id, p_facts)
  ON CONFLICT (dedupe_key) WHERE status <> 'resolved'
  DO UPDATE SET count = alarms.count + 1, last_raised_at = now(), facts = alarms.facts || excluded.facts
  RETURNING id
$$;
