-- Money that did not pay an order by itself: over once all of it is with its payer again, or once it is an order's
-- payment after all; open again when WeChat corrects an amount. The caller holds the receipt's lock.
CREATE OR REPLACE FUNCTION conclude_receipt(p_receipt receipts, p_now timestamptz) RETURNS void LANGUAGE sql AS $$
  UPDATE receipts r SET concluded_at = CASE WHEN over.is_over THEN p_now END
    FROM (SELECT p_receipt.verdict = 'settling' OR is_refunded(p_receipt) AS is_over) over
    WHERE r.id = p_receipt.id AND (r.concluded_at IS NULL) = over.is_over
$$;
