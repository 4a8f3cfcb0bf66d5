-- What WeChat says of a payment, by notification or query, becomes receipt, payment, order and what must follow: one
-- statement for the caller, one commit. A function and not one CTE, because each step must see what the lock before
-- it waited for; a CTE would read the receipts and notifications of the moment before the wait.
--
-- Locks the order, then its payment, then (only to revive) its variants by id. The caller has verified the signature;
-- whether message and payment fit each other is decided here, from what is locked.
CREATE OR REPLACE FUNCTION settle_payment(
  p_source text, p_sign_type text, p_appid text, p_mch_id text, p_out_trade_no text, p_transaction_id text,
  p_result_code text, p_total_fen bigint, p_fee_type text, p_openid text, p_paid_at timestamptz,
  p_our_appids text[], p_our_mch_id text, p_our_sign_type text, p_now timestamptz,
  p_dedupe_key text, p_headers jsonb, p_body bytea, p_address text -- The message; all null for a query.
) RETURNS TABLE (verdict text, answer text, reason text, order_no text, queued boolean) LANGUAGE plpgsql
-- Every look-up here has its index. A plan made while the tables were still empty would read them whole, and be kept
-- until the statistics change: 4 ms a call after ten thousand notifications instead of 0.4 ms.
SET enable_seqscan = off
AS $$
DECLARE
  v_order orders;
  v_payment payments;
  v_seen record;
  v_known boolean;
  v_notification_id bigint;
  v_alarm text;
BEGIN
  SELECT o.* INTO v_order FROM orders o
    WHERE o.id = (SELECT p.order_id FROM payments p WHERE p.out_trade_no = p_out_trade_no) FOR NO KEY UPDATE;
  v_known := FOUND;
  IF v_known THEN
    SELECT p.* INTO v_payment FROM payments p WHERE p.out_trade_no = p_out_trade_no FOR NO KEY UPDATE;
  END IF;
  order_no := v_order.order_no;
  queued := false;

  -- Seen before: the first answer again. Unknown numbers and our own faults are what WeChat's retry is for.
  UPDATE notifications n SET copies = n.copies + 1, last_received_at = p_now
    WHERE n.dedupe_key = p_dedupe_key AND n.verdict NOT IN ('unknown', 'failed')
    RETURNING n.verdict, n.answer, n.reason INTO v_seen;
  IF FOUND THEN
    verdict := 'repeated'; answer := v_seen.answer; reason := v_seen.reason;
    RETURN NEXT;
    RETURN;
  END IF;

  IF p_mch_id <> coalesce(v_payment.mch_id, p_our_mch_id)
     OR NOT p_appid = ANY (CASE WHEN v_known THEN ARRAY[v_payment.appid] ELSE p_our_appids END) THEN
    verdict := 'not_ours'; reason := 'appid or mch_id is not ours'; v_alarm := 'foreign_notification';
  ELSIF p_sign_type = 'MD5' AND coalesce(v_payment.sign_type, p_our_sign_type) <> 'MD5' THEN
    verdict := 'weaker_signature'; reason := 'signed with MD5 where HMAC-SHA256 is agreed'; v_alarm := 'weaker_signature';
  ELSIF p_result_code <> 'SUCCESS' THEN
    verdict := 'not_paid';
  ELSE
    SELECT r.verdict, r.reason, r.queued INTO verdict, reason, queued
      FROM record_receipt(p_source, p_appid, p_mch_id, p_out_trade_no, p_transaction_id, p_total_fen, p_fee_type,
                          p_openid, p_paid_at, p_now, v_order, v_payment) r;
    v_alarm := CASE verdict WHEN 'mismatch' THEN 'mismatching_money' WHEN 'second_transaction' THEN 'second_transaction'
                            WHEN 'unknown' THEN 'unknown_money' END;
    IF v_alarm IS NOT NULL AND has_gone_back(p_transaction_id) THEN
      v_alarm := NULL;
    END IF;
  END IF;
  answer := CASE WHEN verdict IN ('paid', 'revived', 'late', 'surplus', 'repeated', 'not_paid') THEN 'SUCCESS' ELSE 'FAIL' END;

  IF p_dedupe_key IS NOT NULL THEN
    v_notification_id := keep_notification('payment', verdict, reason, answer, v_order.id, p_out_trade_no, p_transaction_id,
      p_dedupe_key, p_headers, p_body, p_address, p_now);
  END IF;
  IF v_alarm IS NOT NULL THEN
    PERFORM raise_alarm('shop', v_alarm, v_alarm || ':' || coalesce(p_transaction_id, p_out_trade_no), v_order.id,
      v_notification_id, jsonb_build_object('outTradeNo', p_out_trade_no, 'transactionId', p_transaction_id,
        'totalFen', p_total_fen, 'feeType', p_fee_type, 'source', p_source, 'reason', reason));
  END IF;
  RETURN NEXT;
END $$;

-- Money is real whatever it is for: finds or makes the receipt and says what it does to the payment and the order.
CREATE OR REPLACE FUNCTION record_receipt(
  p_source text, p_appid text, p_mch_id text, p_out_trade_no text, p_transaction_id text, p_total_fen bigint,
  p_fee_type text, p_openid text, p_paid_at timestamptz, p_now timestamptz, p_order orders, p_payment payments,
  OUT verdict text, OUT reason text, OUT queued boolean
) LANGUAGE plpgsql AS $$
DECLARE
  v_receipt receipts;
  v_before text;
  v_as_asked boolean := p_total_fen = p_payment.total_fen AND p_fee_type = 'CNY';
  v_receipt_verdict text;
BEGIN
  queued := false;
  SELECT r.* INTO v_receipt FROM receipts r WHERE r.transaction_id = p_transaction_id FOR NO KEY UPDATE;

  IF v_receipt.id IS NOT NULL AND v_receipt.out_trade_no <> p_out_trade_no THEN
    verdict := 'mismatch'; reason := 'this transaction belongs to another out_trade_no';
    RETURN;
  ELSIF v_receipt.verdict IN ('settling', 'surplus') THEN
    IF v_receipt.total_fen = p_total_fen AND v_receipt.fee_type = p_fee_type THEN
      verdict := 'repeated';
    ELSE
      verdict := 'mismatch'; reason := 'another amount or currency than this transaction had before';
      IF p_source = 'query' THEN -- A signed query outranks a notification; the order is not led back by it.
        UPDATE receipts r SET total_fen = p_total_fen, fee_type = p_fee_type, source = 'query' WHERE r.id = v_receipt.id
          RETURNING r.* INTO v_receipt;
        IF v_receipt.verdict <> 'settling' THEN
          PERFORM conclude_receipt(v_receipt, p_now);
        END IF;
      END IF;
    END IF;
    RETURN;
  ELSIF v_receipt.verdict = 'mismatch' AND v_receipt.source = 'query' AND p_source = 'notification' THEN
    verdict := 'mismatch'; reason := 'WeChat answered a query with another amount';
    RETURN;
  ELSIF p_payment.id IS NULL THEN
    verdict := 'unknown'; reason := 'no payment has this out_trade_no';
  ELSIF NOT v_as_asked THEN
    verdict := 'mismatch'; reason := 'another amount or currency than asked';
  ELSIF p_payment.status = 'paid' THEN
    verdict := 'second_transaction'; reason := 'another transaction paid this out_trade_no';
  ELSIF p_order.status IN ('pending', 'closing') THEN
    verdict := 'paid';
  ELSIF p_order.status = 'closed' THEN
    verdict := CASE WHEN p_order.closed_reason = 'expired' AND allocate_again(p_order.id) THEN 'revived' ELSE 'late' END;
  ELSE
    verdict := 'surplus';
  END IF;

  v_before := v_receipt.verdict;
  v_receipt_verdict := CASE WHEN verdict IN ('paid', 'revived') THEN 'settling'
                            WHEN verdict IN ('late', 'surplus', 'second_transaction') THEN 'surplus' ELSE verdict END;
  INSERT INTO receipts AS r (transaction_id, out_trade_no, order_id, payment_id, appid, mch_id, openid, total_fen, fee_type,
                             verdict, reason, source, paid_at, created_at)
  VALUES (p_transaction_id, p_out_trade_no, p_order.id, p_payment.id, p_appid, p_mch_id, p_openid, p_total_fen, p_fee_type,
          v_receipt_verdict, verdict, p_source, p_paid_at, p_now)
  ON CONFLICT (transaction_id) DO UPDATE SET order_id = excluded.order_id, payment_id = excluded.payment_id,
    total_fen = excluded.total_fen, fee_type = excluded.fee_type, verdict = excluded.verdict, reason = excluded.reason,
    source = excluded.source
    WHERE r.out_trade_no = excluded.out_trade_no
  RETURNING r.* INTO v_receipt;
  IF NOT FOUND THEN -- Another number's order is locked, not ours: all of this is undone, and the caller has it judged anew.
    RAISE EXCEPTION 'another out_trade_no has just taken this transaction' USING ERRCODE = 'serialization_failure';
  END IF;
  IF v_before <> v_receipt_verdict THEN -- The fact resolves what was in doubt.
    UPDATE alarms a SET status = 'resolved', resolved_at = p_now WHERE a.status <> 'resolved'
      AND a.dedupe_key = CASE v_before WHEN 'unknown' THEN 'unknown_money:' ELSE 'mismatching_money:' END || p_transaction_id;
  END IF;

  IF v_before IS NOT NULL THEN
    PERFORM conclude_receipt(v_receipt, p_now);
  END IF;

  IF v_receipt_verdict IN ('settling', 'surplus') THEN
    PERFORM follow_receipt(v_receipt, p_order, p_payment, verdict, p_now);
    queued := true;
  END IF;
END $$;

-- Money that was in doubt, and all of it is with the buyer again: nobody has to look at it any more.
CREATE OR REPLACE FUNCTION has_gone_back(p_transaction_id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM receipts r WHERE r.transaction_id = p_transaction_id AND r.verdict <> 'settling'
    AND r.total_fen <= (SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f
      WHERE f.receipt_id = r.id AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)))
$$;

-- Moves the payment, moves the order when the receipt settles it, and writes what must follow. `p_actor`: a person who
-- tied the receipt to the order; else it was WeChat.
DROP FUNCTION IF EXISTS follow_receipt(receipts, orders, payments, text, timestamptz); -- Its shape before people could.
CREATE OR REPLACE FUNCTION follow_receipt(
  p_receipt receipts, p_order orders, p_payment payments, p_verdict text, p_now timestamptz, p_actor text DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_actor text := coalesce(p_actor, 'wechat:' || p_receipt.source);
BEGIN
  UPDATE payments SET status = 'paid', transaction_id = p_receipt.transaction_id, paid_at = p_receipt.paid_at
    WHERE id = p_payment.id AND status IN ('created', 'open', 'closed');
  IF FOUND THEN
    INSERT INTO transitions (entity, entity_id, order_id, event, from_status, to_status, actor, at)
    VALUES ('payment', p_payment.id, p_order.id, 'pay', p_payment.status, 'paid', v_actor, p_now);
  END IF;

  IF p_receipt.verdict = 'settling' THEN
    UPDATE orders SET status = 'paid', closed_reason = NULL, paid_at = p_receipt.paid_at,
        deliver_by = p_receipt.paid_at + CASE kind WHEN 'virtual' THEN interval '24 hours' ELSE interval '72 hours' END
      WHERE id = p_order.id AND status IN ('pending', 'closing', 'closed');
    INSERT INTO transitions (entity, entity_id, order_id, event, from_status, to_status, actor, at)
    VALUES ('order', p_order.id, p_order.id, CASE p_verdict WHEN 'revived' THEN 'revive' ELSE 'pay' END, p_order.status,
            'paid', v_actor, p_now);
  END IF;

  INSERT INTO outbox (task, payload, created_at)
  VALUES (CASE p_receipt.verdict WHEN 'settling' THEN 'order_paid' ELSE 'surplus_received' END,
          jsonb_build_object('orderId', p_order.id, 'receiptId', p_receipt.id), p_now);
END $$;

-- Holds the stock of a closed order once more, all of it or nothing. Nothing for a member whose data is erased: there is
-- nobody left to send it to, and the money goes back.
CREATE OR REPLACE FUNCTION allocate_again(p_order_id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM members m JOIN orders o ON o.member_id = m.id WHERE o.id = p_order_id AND m.erased_at IS NOT NULL) THEN
    RETURN false;
  END IF;
  PERFORM 1 FROM variants v JOIN order_lines l ON l.variant_id = v.id WHERE l.order_id = p_order_id
    ORDER BY v.id FOR NO KEY UPDATE OF v;
  IF EXISTS (SELECT 1 FROM variants v JOIN order_lines l ON l.variant_id = v.id
             WHERE l.order_id = p_order_id AND v.on_hand - v.allocated < l.quantity) THEN
    RETURN false;
  END IF;
  UPDATE variants v SET allocated = v.allocated + l.quantity FROM order_lines l
    WHERE l.order_id = p_order_id AND l.variant_id = v.id;
  RETURN true;
END $$;
