-- What follows when money has gone back, by WeChat or by hand: stock, the order's state, and what was in doubt about
-- its receipt. The caller holds the order's, the receipt's and the refund's lock.
CREATE OR REPLACE FUNCTION follow_refund(
  p_refund refunds, p_receipt receipts, p_order orders, p_actor text, p_now timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_whole boolean := is_refunded(p_receipt);
BEGIN
  IF back_of_receipt(p_receipt.id) > p_receipt.total_fen THEN -- A person paid by hand, and the portal as well.
    PERFORM raise_alarm('shop', 'refund_contradiction', 'refund_contradiction:' || p_refund.id, p_refund.order_id, NULL,
      jsonb_build_object('outRefundNo', p_refund.out_refund_no, 'refundFen', p_refund.refund_fen,
        'reason', 'more went back than was received'));
  END IF;
  IF p_receipt.verdict = 'settling' THEN
    PERFORM take_back_pieces(p_refund.id, p_order.id, v_whole);
    IF v_whole THEN
      UPDATE orders o SET status = 'closed', closed_reason = 'refunded', deliver_by = NULL
        WHERE o.id = p_order.id AND o.status = 'paid'
          AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.shipped > 0);
      IF FOUND THEN
        INSERT INTO transitions (entity, entity_id, order_id, event, from_status, to_status, actor, at)
        VALUES ('order', p_order.id, p_order.id, 'refund', 'paid', 'closed', p_actor, p_now);
      END IF;
    END IF;
    PERFORM conclude_delivery(p_order.id, p_actor, p_now, undo_ends(p_order.id, p_now));
    RETURN;
  END IF;
  PERFORM conclude_receipt(p_receipt, p_now);
  IF v_whole THEN
    PERFORM owe_report(p_receipt, 0, false, p_now, p_now); -- Money that was for nothing owes a report like any other.
    UPDATE alarms a SET status = 'resolved', resolved_at = p_now WHERE a.status <> 'resolved' AND a.dedupe_key IN (
      'mismatching_money:' || p_receipt.transaction_id, 'unknown_money:' || p_receipt.transaction_id,
      'second_transaction:' || p_receipt.transaction_id);
    INSERT INTO outbox (task, payload, created_at) -- An order that waited for a person because of this money may end now.
      SELECT 'close_order', jsonb_build_object('orderId', p_order.id), p_now WHERE p_order.status IN ('pending', 'closing');
  END IF;
END $$;

-- Pieces that had not left give their stock free; pieces that came back can be sold again where a person said so. When
-- the whole order is refunded, nothing of it is left to ship, whatever its lines said.
CREATE OR REPLACE FUNCTION take_back_pieces(p_refund_id bigint, p_order_id bigint, p_whole boolean)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_piece record;
BEGIN
  PERFORM 1 FROM variants v JOIN order_lines l ON l.variant_id = v.id WHERE l.order_id = p_order_id
    ORDER BY v.id FOR NO KEY UPDATE OF v;
  FOR v_piece IN
    SELECT l.variant_id, r.restock, greatest(0, coalesce(r.quantity, 0) - left_to_ship) AS came_back,
           CASE WHEN p_whole THEN left_to_ship ELSE least(coalesce(r.quantity, 0), left_to_ship) END AS dropped
      FROM order_lines l CROSS JOIN LATERAL (SELECT l.quantity - l.shipped - l.dropped AS left_to_ship) s
      LEFT JOIN refund_lines r ON r.variant_id = l.variant_id AND r.refund_id = p_refund_id
      WHERE l.order_id = p_order_id ORDER BY l.variant_id
  LOOP
    UPDATE variants v SET
        allocated = v.allocated - v_piece.dropped,
        on_hand = v.on_hand - CASE WHEN coalesce(v_piece.restock, true) THEN 0 ELSE v_piece.dropped END
                            + CASE WHEN coalesce(v_piece.restock, false) THEN v_piece.came_back ELSE 0 END
      WHERE v.id = v_piece.variant_id;
    UPDATE order_lines l SET dropped = l.dropped + v_piece.dropped
      WHERE l.order_id = p_order_id AND l.variant_id = v_piece.variant_id;
  END LOOP;
END $$;
