-- What WeChat says of a refund, by notification, query or the answer to our own request, becomes refund, order, stock
-- and what must follow: one statement for the caller, one commit. Acceptance (PROCESSING) is not success.
--
-- Locks the order, then the receipt, then the refund, then variants by id. The caller has verified the message;
-- whether it fits what we know is decided here, from what is locked.
CREATE OR REPLACE FUNCTION settle_refund(
  p_source text, p_appid text, p_mch_id text, p_out_trade_no text, p_transaction_id text, p_out_refund_no text,
  p_refund_id text, p_status text, p_total_fen bigint, p_refund_fen bigint, p_success_at timestamptz, p_recv_account text,
  p_our_appids text[], p_our_mch_id text, p_now timestamptz,
  p_dedupe_key text, p_headers jsonb, p_body bytea, p_address text -- The message; all null for a query or an answer.
) RETURNS TABLE (verdict text, answer text, reason text, order_no text, queued boolean) LANGUAGE plpgsql
SET enable_seqscan = off -- As in settle_payment: every look-up has its index, and plans made on empty tables lie.
AS $$
DECLARE
  v_order orders;
  v_receipt receipts;
  v_refund refunds;
  v_seen record;
  v_notification_id bigint;
  v_alarm text;
BEGIN
  SELECT o.* INTO v_order FROM orders o
    WHERE o.id = (SELECT r.order_id FROM receipts r WHERE r.transaction_id = p_transaction_id) FOR NO KEY UPDATE;
  SELECT r.* INTO v_receipt FROM receipts r WHERE r.transaction_id = p_transaction_id FOR NO KEY UPDATE;
  IF v_receipt.order_id IS DISTINCT FROM v_order.id THEN -- A person has just tied this money to an order: judged anew.
    RAISE EXCEPTION 'the receipt has just been tied to an order' USING ERRCODE = 'serialization_failure';
  END IF;
  SELECT f.* INTO v_refund FROM refunds f WHERE f.out_refund_no = p_out_refund_no FOR NO KEY UPDATE;
  order_no := v_order.order_no;
  queued := false;

  -- Seen before: the first answer again. What did not fit may fit once its receipt is known or set right.
  UPDATE notifications n SET copies = n.copies + 1, last_received_at = p_now
    WHERE n.dedupe_key = p_dedupe_key AND n.verdict NOT IN ('unknown', 'mismatch', 'failed', 'stored')
    RETURNING n.verdict, n.answer, n.reason INTO v_seen;
  IF FOUND THEN
    verdict := 'repeated'; answer := v_seen.answer; reason := v_seen.reason;
    RETURN NEXT;
    RETURN;
  END IF;

  IF p_mch_id <> coalesce(v_receipt.mch_id, p_our_mch_id)
     OR NOT p_appid = ANY (CASE WHEN v_receipt.id IS NULL THEN p_our_appids ELSE p_our_appids || v_receipt.appid END) THEN
    verdict := 'not_ours'; reason := 'appid or mch_id is not ours'; v_alarm := 'foreign_notification';
  ELSIF v_receipt.id IS NULL THEN -- Its payment's own notification is still under way, or was lost: asked for, and judged again.
    verdict := 'unknown'; reason := 'no receipt has this transaction_id'; v_alarm := 'unknown_refund';
    INSERT INTO outbox (task, payload, created_at)
      SELECT 'ask_now', jsonb_build_object('orderId', p.order_id, 'paymentId', p.id), p_now FROM payments p
      WHERE p.out_trade_no = p_out_trade_no;
    queued := FOUND;
  ELSE
    reason := misfit_of_refund(p_source, v_receipt, v_refund, p_out_trade_no, p_refund_id, p_total_fen, p_refund_fen, p_status);
    IF reason IS NOT NULL THEN
      verdict := 'mismatch'; v_alarm := 'refund_mismatch';
      IF p_source = 'notification' THEN -- A query outranks it, and may know what makes room for it.
        INSERT INTO outbox (task, payload, created_at)
        VALUES ('find_refunds', jsonb_build_object('orderId', v_order.id, 'receiptId', v_receipt.id), p_now);
        queued := true;
      END IF;
    ELSE
      SELECT a.verdict, a.queued INTO verdict, queued FROM apply_refund_status(
        p_source, v_receipt, v_refund, v_order, p_out_refund_no, p_refund_id, p_status, p_refund_fen, p_success_at,
        p_recv_account, p_now) a;
    END IF;
  END IF;
  answer := CASE WHEN verdict IN ('applied', 'portal', 'repeated') THEN 'SUCCESS' ELSE 'FAIL' END;

  IF p_dedupe_key IS NOT NULL THEN
    v_notification_id := keep_notification('refund', verdict, reason, answer, v_order.id, p_out_trade_no, p_transaction_id,
      p_dedupe_key, p_headers, p_body, p_address, p_now);
  END IF;
  IF v_alarm IS NOT NULL THEN
    PERFORM raise_alarm('shop', v_alarm, v_alarm || ':' || p_out_refund_no, v_order.id, v_notification_id,
      jsonb_build_object('outRefundNo', p_out_refund_no, 'outTradeNo', p_out_trade_no, 'transactionId', p_transaction_id,
        'refundFen', p_refund_fen, 'refundStatus', p_status, 'source', p_source, 'reason', reason));
  ELSE -- What was in doubt about this number is known now.
    UPDATE alarms a SET status = 'resolved', resolved_at = p_now
      WHERE a.status <> 'resolved' AND (a.dedupe_key = 'unknown_refund:' || p_out_refund_no
        OR verdict <> 'repeated' AND a.dedupe_key = 'refund_mismatch:' || p_out_refund_no);
  END IF;
  RETURN NEXT;
END $$;

-- Why a message cannot be about this receipt and this refund; null when it can. p_refund is null for a number of
-- nobody's: one made in the portal.
DROP FUNCTION IF EXISTS misfit_of_refund(receipts, refunds, text, text, bigint, bigint, text); -- Before it knew who says so.
CREATE OR REPLACE FUNCTION misfit_of_refund(
  p_source text, p_receipt receipts, p_refund refunds, p_out_trade_no text, p_refund_id text, p_total_fen bigint, p_refund_fen bigint,
  p_status text
) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN p_receipt.out_trade_no <> p_out_trade_no THEN 'this transaction belongs to another out_trade_no'
    WHEN p_receipt.total_fen <> p_total_fen THEN 'another total than was received'
    WHEN p_refund.receipt_id <> p_receipt.id THEN 'this out_refund_no belongs to another transaction'
    -- Of the portal's we know only what WeChat says, and a signed query outranks a notification.
    WHEN p_refund.refund_fen <> p_refund_fen AND NOT (p_refund.source = 'portal' AND p_source = 'query')
      THEN 'another amount than asked'
    WHEN p_refund.refund_id <> p_refund_id THEN 'another refund_id than WeChat gave before'
    WHEN EXISTS (SELECT 1 FROM refunds f WHERE f.refund_id = p_refund_id AND f.id IS DISTINCT FROM p_refund.id)
      THEN 'this refund_id belongs to another out_refund_no'
    WHEN p_refund.status IN ('requested', 'approved', 'awaiting_return', 'rejected', 'withdrawn')
      THEN 'WeChat was never asked for this refund'
    WHEN p_refund.status = 'succeeded' AND p_status = 'REFUNDCLOSE' THEN 'WeChat said before that it was paid'
    WHEN p_status <> 'REFUNDCLOSE' AND p_refund_fen + coalesce((SELECT sum(f.refund_fen) FROM refunds f WHERE f.receipt_id = p_receipt.id
      AND f.status IN ('accepted', 'abnormal', 'succeeded') AND f.id IS DISTINCT FROM p_refund.id), 0) > p_receipt.total_fen
      THEN 'more than what was received'
  END
$$;

-- The moves that one word of WeChat's means from where the refund is; a stale word moves nothing.
CREATE OR REPLACE FUNCTION apply_refund_status(
  p_source text, p_receipt receipts, p_refund refunds, p_order orders, p_out_refund_no text, p_refund_id text,
  p_status text, p_refund_fen bigint, p_success_at timestamptz, p_recv_account text, p_now timestamptz,
  OUT verdict text, OUT queued boolean
) LANGUAGE plpgsql AS $$
DECLARE
  v_refund refunds := p_refund;
  v_actor text := 'wechat:' || p_source;
  v_events text[];
  v_event text;
  v_from text;
  v_alarm text;
  -- Ended here, and WeChat never said so itself.
  v_reopens boolean := p_refund.status = 'closed' AND p_refund.refund_id IS NULL
                       OR p_refund.status = 'manual' AND p_refund.manual_paid_at IS NULL;
BEGIN
  verdict := 'applied';
  queued := true;
  IF v_refund.id IS NULL THEN
    verdict := 'portal';
    INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen, refund_fen, reason, accepted_at, created_at)
    VALUES (p_receipt.id, p_receipt.order_id, p_out_refund_no, 'portal', 'accepted', p_refund_fen, p_refund_fen, 'portal', p_now, p_now)
    RETURNING * INTO v_refund;
    PERFORM record_refund_move(v_refund, 'portal', NULL, 'accepted', v_actor, p_now);
    IF p_source = 'notification' THEN -- Nothing of ours confirms what it says: WeChat is asked.
      INSERT INTO outbox (task, payload, created_at)
      VALUES ('find_refunds', jsonb_build_object('orderId', p_receipt.order_id, 'receiptId', p_receipt.id), p_now);
    END IF;
  ELSIF v_refund.refund_fen <> p_refund_fen THEN
    UPDATE refunds f SET requested_fen = p_refund_fen, refund_fen = p_refund_fen WHERE f.id = v_refund.id RETURNING * INTO v_refund;
    PERFORM raise_alarm('shop', 'refund_mismatch', 'refund_mismatch:' || p_out_refund_no, v_refund.order_id, NULL,
      jsonb_build_object('outRefundNo', p_out_refund_no, 'refundFen', p_refund_fen, 'refundStatus', p_status, 'source', p_source,
        'reason', 'WeChat answered a query with another amount'));
    IF v_refund.status = 'succeeded' THEN
      PERFORM follow_refund(v_refund, p_receipt, p_order, v_actor, p_now);
    END IF;
  END IF;

  v_events := CASE p_status
    WHEN 'SUCCESS' THEN CASE WHEN v_refund.status = 'sending' THEN ARRAY['accept', 'succeed']
                             WHEN v_refund.status IN ('accepted', 'abnormal') THEN ARRAY['succeed']
                             WHEN v_refund.status IN ('closed', 'manual') THEN ARRAY['correct'] END
    WHEN 'PROCESSING' THEN CASE WHEN v_refund.status = 'sending' THEN ARRAY['accept']
                                WHEN v_reopens THEN ARRAY['reopen'] END
    WHEN 'CHANGE' THEN CASE WHEN v_refund.status = 'sending' THEN ARRAY['accept', 'turnAbnormal']
                            WHEN v_reopens THEN ARRAY['reopen', 'turnAbnormal']
                            WHEN v_refund.status = 'accepted' THEN ARRAY['turnAbnormal'] END
    WHEN 'REFUNDCLOSE' THEN CASE WHEN v_refund.status = 'sending' THEN ARRAY['accept', 'close']
                                 WHEN v_refund.status IN ('accepted', 'abnormal') THEN ARRAY['close'] END
  END;
  IF v_events IS NULL AND verdict <> 'portal' THEN
    verdict := 'repeated';
    queued := false;
    IF v_refund.status = 'manual' AND p_status <> 'REFUNDCLOSE' THEN -- Paid by hand, and under way all the same.
      PERFORM raise_alarm('shop', 'refund_contradiction', 'refund_contradiction:' || v_refund.id, v_refund.order_id, NULL,
        jsonb_build_object('outRefundNo', v_refund.out_refund_no, 'refundFen', v_refund.refund_fen, 'refundStatus', p_status,
          'source', p_source));
    END IF;
    RETURN;
  END IF;

  FOREACH v_event IN ARRAY coalesce(v_events, '{}') LOOP
    v_from := v_refund.status;
    UPDATE refunds f SET
        status = CASE v_event WHEN 'accept' THEN 'accepted' WHEN 'reopen' THEN 'accepted' WHEN 'turnAbnormal' THEN 'abnormal' WHEN 'close' THEN 'closed' ELSE 'succeeded' END,
        refund_id = p_refund_id, accepted_at = coalesce(f.accepted_at, p_now), next_try_at = NULL,
        error_code = NULL, error_text = NULL, refusal = NULL,
        settled_at = CASE WHEN v_event IN ('succeed', 'correct') THEN coalesce(p_success_at, p_now) WHEN v_event = 'close' THEN p_now END,
        recv_account = coalesce(p_recv_account, f.recv_account)
      WHERE f.id = v_refund.id RETURNING f.* INTO v_refund;
    PERFORM record_refund_move(v_refund, v_event, v_from, v_refund.status, v_actor, p_now);
  END LOOP;
  IF verdict = 'portal' THEN
    UPDATE refunds f SET refund_id = p_refund_id WHERE f.id = v_refund.id RETURNING f.* INTO v_refund;
  END IF;

  IF v_refund.status IN ('accepted', 'abnormal') THEN
    PERFORM graphile_worker.add_job('query_refund', json_build_object('orderId', v_refund.order_id, 'refundId', v_refund.id),
      run_at := p_now + interval '1 minute', max_attempts := 25, job_key := 'query_refund:' || v_refund.id);
  END IF;
  -- Nobody has to send it or ask about it any more: the next try and the next question are taken out of the queue.
  PERFORM graphile_worker.remove_job('send_refund:' || v_refund.id);
  IF v_refund.status IN ('succeeded', 'closed') THEN
    PERFORM graphile_worker.remove_job('query_refund:' || v_refund.id);
  END IF;
  v_alarm := CASE WHEN v_refund.status = 'abnormal' THEN 'refund_abnormal' WHEN v_refund.status = 'closed' THEN 'refund_closed'
                  WHEN v_events && ARRAY['correct', 'reopen'] THEN 'refund_contradiction' END;
  PERFORM resolve_refund_alarms(v_refund.id, p_now);
  IF v_alarm IS NOT NULL THEN
    PERFORM raise_alarm('shop', v_alarm, v_alarm || ':' || v_refund.id, v_refund.order_id, NULL, jsonb_build_object(
      'outRefundNo', v_refund.out_refund_no, 'refundFen', v_refund.refund_fen, 'refundStatus', p_status, 'source', p_source));
  END IF;
  IF v_refund.status = 'succeeded' AND v_refund.manual_paid_at IS NULL THEN -- Else it followed when the payout was recorded.
    PERFORM follow_refund(v_refund, p_receipt, p_order, v_actor, p_now);
  END IF;
  INSERT INTO outbox (task, payload, created_at)
  VALUES ('refund_changed', jsonb_build_object('orderId', v_refund.order_id, 'refundId', v_refund.id), p_now);
END $$;

CREATE OR REPLACE FUNCTION record_refund_move(p_refund refunds, p_event text, p_from text, p_to text, p_actor text, p_now timestamptz)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO transitions (entity, entity_id, order_id, event, from_status, to_status, actor, at)
  VALUES ('refund', p_refund.id, p_refund.order_id, p_event, p_from, p_to, p_actor, p_now)
$$;

-- Trouble with one refund is over when it moves on; abnormal and closed have an alarm of their own afterwards.
CREATE OR REPLACE FUNCTION resolve_refund_alarms(p_refund_id bigint, p_now timestamptz) RETURNS void LANGUAGE sql AS $$
  UPDATE alarms SET status = 'resolved', resolved_at = p_now WHERE status <> 'resolved' AND dedupe_key IN (
    'refund_stuck:' || p_refund_id, 'refund_refused:' || p_refund_id, 'refund_by_hand:' || p_refund_id,
    'refund_not_enough:' || p_refund_id, 'refund_abnormal:' || p_refund_id)
$$;
