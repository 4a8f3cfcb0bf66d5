DROP INDEX "deliveries_shipped";--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "shipped_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "orders_sent" ON "orders" USING btree ("shipped_at","paid_at") WHERE "orders"."kind" = 'physical' AND "orders"."shipped_at" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_shipped" CHECK ("orders"."shipped_at" IS NULL OR "orders"."status" IN ('shipped', 'completed'));--> statement-breakpoint
UPDATE "orders" o SET "shipped_at" = (SELECT max(d."shipped_at") FROM "deliveries" d
    WHERE d."order_id" = o."id" AND d."status" <> 'voided' AND d."replaces_id" IS NULL)
  WHERE o."status" IN ('shipped', 'completed');
