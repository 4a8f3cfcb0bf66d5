-- Keeps a message with its verdict, in the transaction of what it caused. One that was judged before without an end to
-- it (unknown, failed…) is the same row, judged anew. Returns its id.
CREATE OR REPLACE FUNCTION keep_notification(
  p_kind text, p_verdict text, p_reason text, p_answer text, p_order_id bigint, p_out_trade_no text,
  p_transaction_id text, p_dedupe_key text, p_headers jsonb, p_body bytea, p_address text, p_now timestamptz
) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO notifications AS n (kind, verdict, reason, dedupe_key, order_id, out_trade_no, transaction_id, answer,
                                  headers, body, address, received_at, last_received_at, applied_at)
  VALUES (p_kind, p_verdict, p_reason, p_dedupe_key, p_order_id, p_out_trade_no, p_transaction_id, p_answer,
          p_headers, p_body, p_address, p_now, p_now, p_now)
  ON CONFLICT (dedupe_key) DO UPDATE SET copies = n.copies + 1, last_received_at = p_now, verdict = excluded.verdict,
    reason = excluded.reason, order_id = excluded.order_id, answer = excluded.answer, applied_at = p_now
  RETURNING n.id
$$;
