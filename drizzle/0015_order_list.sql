DROP INDEX "orders_by_status";--> statement-breakpoint
CREATE INDEX "orders_newest" ON "orders" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "orders_phone_tail" ON "orders" USING btree (right("phone", 4),"created_at","id") WHERE "orders"."phone" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_recipient_name" ON "orders" USING btree (lower("recipient" ->> 'name') text_pattern_ops) WHERE "orders"."recipient" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_by_status" ON "orders" USING btree ("status","created_at","id");