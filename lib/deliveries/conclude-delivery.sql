-- What follows for an order and its receipt when pieces have left, or will not leave any more: the order's move, its
-- clock, and the report that WeChat is owed, in the transaction of whatever changed. The caller holds the order's lock.
-- The report is sent from p_report_after on, until when a delivery can be undone, but never so late that it and its first
-- repeats might miss the deadline: WeChat's clock is its own.
CREATE OR REPLACE FUNCTION conclude_delivery(p_order_id bigint, p_actor text, p_now timestamptz, p_report_after timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_order orders;
  v_receipt receipts;
  v_pieces record;
  v_is_live boolean;
  v_is_refunded boolean;
BEGIN
  SELECT o.* INTO v_order FROM orders o WHERE o.id = p_order_id;
  SELECT r.* INTO v_receipt FROM receipts r WHERE r.order_id = p_order_id AND r.verdict = 'settling';
  IF v_receipt.id IS NULL THEN
    RETURN;
  END IF;
  SELECT sum(l.quantity - l.shipped - l.dropped)::int AS to_ship, sum(l.shipped)::int AS shipped INTO v_pieces
    FROM order_lines l WHERE l.order_id = p_order_id;
  v_is_live := EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = p_order_id AND d.status IN ('shipped', 'received'));
  v_is_refunded := is_refunded(v_receipt);

  IF v_pieces.to_ship = 0 AND v_pieces.shipped > 0 THEN
    UPDATE orders o SET status = 'shipped', shipped_at = (SELECT max(d.shipped_at) FROM deliveries d
        WHERE d.order_id = p_order_id AND d.status <> 'voided' AND d.replaces_id IS NULL)
      WHERE o.id = p_order_id AND o.status = 'paid';
    IF FOUND THEN
      INSERT INTO transitions (entity, entity_id, order_id, event, from_status, to_status, actor, at)
      VALUES ('order', p_order_id, p_order_id, 'ship', 'paid', 'shipped', p_actor, p_now);
      PERFORM graphile_worker.add_job('complete_order', json_build_object('orderId', p_order_id),
        run_at := p_now + complete_after(), max_attempts := 25, job_key := 'complete_order:' || p_order_id);
    END IF;
  ELSIF v_pieces.to_ship > 0 THEN -- Something was undone, perhaps what had made it shipped.
    PERFORM graphile_worker.remove_job('complete_order:' || p_order_id);
  END IF;
  PERFORM end_codes_alarms(p_order_id, p_now);
  IF v_is_refunded THEN
    PERFORM end_clock(p_order_id, p_now);
    PERFORM resolve_alarms_of_order(p_order_id, 'shop', ARRAY['delivery_failed'], p_now); -- Nobody waits for them any more.
  END IF;
  PERFORM owe_report(v_receipt,
    CASE WHEN v_pieces.to_ship > 0 THEN NULL WHEN v_is_live THEN 1 WHEN v_is_refunded OR v_pieces.shipped = 0 THEN 0 END,
    v_is_live, p_now, greatest(p_now, least(p_report_after, v_order.deliver_by - interval '5 minutes')));
END $$;

-- Until when a delivery of this order can be undone (the setting deliveryUndoSeconds, or its default), or now. Virtual
-- goods never can.
CREATE OR REPLACE FUNCTION undo_ends(p_order_id bigint, p_now timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT greatest(p_now, (SELECT max(d.shipped_at) FROM deliveries d
      WHERE d.order_id = p_order_id AND d.status = 'shipped' AND d.kind <> 'virtual')
    + make_interval(secs => coalesce((SELECT CASE WHEN s.value::text ~ '^[0-9]{1,4}$' THEN s.value::text::int END
        FROM settings s WHERE s.key = 'deliveryUndoSeconds'), 300)))
$$;

-- The setting completeAfterDays, or its default in lib/settings/definitions.ts; the job reads it again when it runs.
CREATE OR REPLACE FUNCTION complete_after() RETURNS interval LANGUAGE sql STABLE AS $$
  SELECT make_interval(days => coalesce((SELECT CASE WHEN s.value::text ~ '^[1-9][0-9]?$' THEN s.value::text::int END
    FROM settings s WHERE s.key = 'completeAfterDays'), 10))
$$;

-- What went back of a receipt, by WeChat or by hand, in fen.
CREATE OR REPLACE FUNCTION back_of_receipt(p_receipt_id bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(f.refund_fen), 0)::bigint FROM refunds f
    WHERE f.receipt_id = p_receipt_id AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION is_refunded(p_receipt receipts) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p_receipt.total_fen <= back_of_receipt(p_receipt.id)
$$;

-- The report of a receipt as it is due now: 1 delivered, 0 why not, null while only some parcels have left (p_is_live)
-- or nothing at all. What was tried may have been heard, and is never changed.
CREATE OR REPLACE FUNCTION owe_report(
  p_receipt receipts, p_deliver_status integer, p_is_live boolean, p_now timestamptz, p_run_at timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_report delivery_reports;
  v_msg text := CASE p_deliver_status WHEN 1 THEN 'ok' WHEN 0 THEN '该商品已退款' END; -- WeChat's own examples.
BEGIN
  IF p_deliver_status IS NULL AND NOT p_is_live THEN
    DELETE FROM delivery_reports r WHERE r.receipt_id = p_receipt.id AND r.status = 'queued' AND r.attempts = 0;
    RETURN;
  END IF;
  INSERT INTO delivery_reports AS r (receipt_id, order_id, deliver_status, deliver_msg, next_try_at, created_at)
  VALUES (p_receipt.id, p_receipt.order_id, p_deliver_status, v_msg, p_run_at, p_now)
  ON CONFLICT (receipt_id) DO UPDATE SET deliver_status = excluded.deliver_status, deliver_msg = excluded.deliver_msg,
      next_try_at = CASE WHEN r.attempts = 0 THEN excluded.next_try_at ELSE greatest(r.next_try_at, excluded.next_try_at) END
    WHERE r.status = 'queued' AND (r.attempts = 0 OR r.deliver_status IS NULL)
  RETURNING r.* INTO v_report;
  IF v_report.id IS NOT NULL THEN
    PERFORM graphile_worker.add_job('report_delivery',
      json_build_object('orderId', v_report.order_id, 'receiptId', v_report.receipt_id),
      run_at := v_report.next_try_at, max_attempts := 25, job_key := 'report_delivery:' || v_report.receipt_id);
  END IF;
END $$;

-- Nothing is owed in time any more: the order leaves the board, and the alarms about its deadline are over.
CREATE OR REPLACE FUNCTION end_clock(p_order_id bigint, p_now timestamptz) RETURNS void LANGUAGE sql AS $$
  UPDATE orders o SET clock_ended_at = p_now WHERE o.id = p_order_id AND o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL;
  SELECT resolve_alarms_of_order(p_order_id, 'shop', ARRAY['deadline_near', 'deadline_missed'], p_now);
$$;
