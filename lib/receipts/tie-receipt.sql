-- A person says which order a receipt of unclear purpose pays. Its amount is taken as it is: that is what the person
-- decides. An order that still waits is paid by it; one that is paid already, or that nobody can have any more, makes
-- it surplus, which goes back by itself.
--
-- Locks the order that the receipt is tied to and the one it stood at, by id, then the receipt, then variants.
CREATE OR REPLACE FUNCTION tie_receipt(p_receipt_id bigint, p_order_id bigint, p_actor text, p_now timestamptz)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_order orders;
  v_receipt receipts;
  v_payment payments;
  v_verdict text;
BEGIN
  PERFORM 1 FROM orders o WHERE o.id = p_order_id OR o.id = (SELECT r.order_id FROM receipts r WHERE r.id = p_receipt_id)
    ORDER BY o.id FOR NO KEY UPDATE;
  SELECT r.* INTO v_receipt FROM receipts r WHERE r.id = p_receipt_id FOR NO KEY UPDATE;
  SELECT o.* INTO v_order FROM orders o WHERE o.id = p_order_id;
  IF v_receipt.verdict NOT IN ('mismatch', 'unknown') OR v_receipt.fee_type <> 'CNY'
     OR EXISTS (SELECT 1 FROM refunds f WHERE f.receipt_id = p_receipt_id AND f.status NOT IN ('rejected', 'withdrawn', 'closed')) THEN
    RETURN NULL; -- Decided already, by a person or by WeChat.
  END IF;
  SELECT p.* INTO v_payment FROM payments p WHERE p.id = v_receipt.payment_id AND p.order_id = p_order_id FOR NO KEY UPDATE;

  v_verdict := CASE
    WHEN v_order.status IN ('pending', 'closing') THEN 'paid'
    WHEN v_order.status = 'closed' AND v_order.closed_reason = 'expired' AND allocate_again(p_order_id) THEN 'revived'
    WHEN v_order.status = 'closed' THEN 'late'
    ELSE 'surplus' END;
  UPDATE receipts r SET order_id = p_order_id, payment_id = v_payment.id, reason = v_verdict,
      verdict = CASE WHEN v_verdict IN ('paid', 'revived') THEN 'settling' ELSE 'surplus' END
    WHERE r.id = p_receipt_id RETURNING r.* INTO v_receipt;
  PERFORM conclude_receipt(v_receipt, p_now);
  UPDATE refunds f SET order_id = p_order_id WHERE f.receipt_id = p_receipt_id; -- Dead ones: they are its history now.
  PERFORM follow_receipt(v_receipt, v_order, v_payment, v_verdict, p_now, p_actor);
  UPDATE alarms a SET status = 'resolved', resolved_at = p_now WHERE a.status <> 'resolved' AND a.dedupe_key IN (
    'mismatching_money:' || v_receipt.transaction_id, 'unknown_money:' || v_receipt.transaction_id);
  RETURN v_verdict;
END $$;
