-- The orders that are named by any of WeChat's numbers or ours, and since when WeChat has the report of what is named.
CREATE OR REPLACE FUNCTION orders_named(p_numbers text[]) RETURNS TABLE (order_id bigint, reported_at timestamptz)
LANGUAGE sql STABLE AS $$
  WITH named AS (
    SELECT r.order_id, r.id AS receipt_id FROM receipts r WHERE r.transaction_id = ANY (p_numbers) AND r.order_id IS NOT NULL
    UNION SELECT p.order_id, NULL FROM payments p WHERE p.out_trade_no = ANY (p_numbers)
    UNION SELECT o.id, NULL FROM orders o WHERE o.order_no = ANY (p_numbers)
  )
  SELECT n.order_id, CASE WHEN bool_and(d.id IS NOT NULL) THEN max(d.reported_at) END
    FROM named n LEFT JOIN delivery_reports d ON d.status = 'reported' AND d.receipt_id = coalesce(n.receipt_id,
      (SELECT r.id FROM receipts r WHERE r.order_id = n.order_id AND r.verdict = 'settling'))
    GROUP BY n.order_id
$$;

-- Keeps an alarm of WeChat's as it came, raises it and ties it to the orders it names, all or nothing. A copy is counted
-- and raises nothing. One about a late report (p_ends_with_report) that WeChat has taken since is over before it is seen.
CREATE OR REPLACE FUNCTION store_wechat_alarm(
  p_notification_kind text, p_notification_key text, p_headers jsonb, p_body bytea, p_address text, p_transaction_id text,
  p_out_trade_no text, p_kind text, p_alarm_key text, p_facts jsonb, p_numbers text[], p_said_at timestamptz,
  p_ends_with_report boolean, p_now timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_notification notifications;
  v_alarm_id bigint;
  v_orders bigint[];
  v_unreported integer;
  v_first_reported_at timestamptz;
  v_last_reported_at timestamptz;
BEGIN
  INSERT INTO notifications AS n (kind, verdict, dedupe_key, out_trade_no, transaction_id, answer, headers, body, address,
                                  received_at, last_received_at)
  VALUES (p_notification_kind, 'stored', p_notification_key, p_out_trade_no, p_transaction_id, 'success', p_headers,
          p_body, p_address, p_now, p_now)
  ON CONFLICT (dedupe_key) DO UPDATE SET copies = n.copies + 1, last_received_at = p_now
  RETURNING n.* INTO v_notification;
  IF v_notification.applied_at IS NOT NULL THEN
    RETURN;
  END IF;

  -- A report that is being taken at this moment is waited for: one of the two sees the other.
  PERFORM o.id FROM orders o WHERE o.id IN (SELECT order_id FROM orders_named(p_numbers)) ORDER BY o.id FOR SHARE;
  SELECT array_agg(n.order_id ORDER BY n.order_id), count(*) FILTER (WHERE n.reported_at IS NULL), min(n.reported_at), max(n.reported_at)
    INTO v_orders, v_unreported, v_first_reported_at, v_last_reported_at FROM orders_named(p_numbers) n;
  UPDATE notifications SET applied_at = p_now, order_id = v_orders[1] WHERE id = v_notification.id;
  v_alarm_id := raise_alarm('wechat', p_kind, p_alarm_key, NULL, v_notification.id, p_facts || CASE
    WHEN p_ends_with_report AND v_last_reported_at IS NOT NULL THEN jsonb_build_object('reportedAt', v_last_reported_at)
    ELSE '{}' END);
  INSERT INTO alarm_orders (alarm_id, order_id) SELECT v_alarm_id, unnest(v_orders) ON CONFLICT DO NOTHING;
  IF p_ends_with_report AND v_unreported = 0 AND v_first_reported_at >= p_said_at THEN
    PERFORM resolve_alarms(ARRAY[p_alarm_key], p_now);
  END IF;
END $$;
