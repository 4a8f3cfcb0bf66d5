DROP INDEX "orders_phone_tail";--> statement-breakpoint
DROP INDEX "orders_recipient_name";--> statement-breakpoint
CREATE INDEX "orders_phone_tail" ON "orders" USING btree (right("phone", 4),"created_at","id");--> statement-breakpoint
CREATE INDEX "orders_recipient_name" ON "orders" USING btree (lower("recipient" ->> 'name') text_pattern_ops);