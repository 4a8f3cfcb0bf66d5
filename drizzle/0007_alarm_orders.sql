-- Orders that alarms were about go along to the table that can name several.
INSERT INTO alarm_orders (alarm_id, order_id) SELECT id, order_id FROM alarms WHERE order_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE "alarms" DROP CONSTRAINT "alarms_order_id_orders_id_fk";
--> statement-breakpoint
DROP INDEX "alarms_order";--> statement-breakpoint
ALTER TABLE "alarms" DROP COLUMN "order_id";
--> statement-breakpoint
-- Every receipt owes WeChat a report; of those that were refunded in full before reports were known it follows now.
INSERT INTO outbox (task, payload)
SELECT 'owe_report', jsonb_build_object('orderId', r.order_id, 'receiptId', r.id) FROM receipts r
WHERE r.total_fen <= (SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f
  WHERE f.receipt_id = r.id AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)) ORDER BY r.id;
