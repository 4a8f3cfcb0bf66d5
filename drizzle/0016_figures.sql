CREATE TABLE "day_figures" (
	"time_zone" text NOT NULL,
	"day" date NOT NULL,
	"orders" integer NOT NULL,
	"decided" integer NOT NULL,
	"converted" integer NOT NULL,
	"paid" integer NOT NULL,
	"paid_fen" bigint NOT NULL,
	"refunds" integer NOT NULL,
	"refunded_fen" bigint NOT NULL,
	"shipped" integer NOT NULL,
	"ship_seconds" integer,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "day_figures_time_zone_day_pk" PRIMARY KEY("time_zone","day"),
	CONSTRAINT "day_figures_parts" CHECK ("day_figures"."converted" <= "day_figures"."decided" AND "day_figures"."decided" <= "day_figures"."orders"),
	CONSTRAINT "day_figures_median" CHECK (("day_figures"."shipped" = 0) = ("day_figures"."ship_seconds" IS NULL))
);
--> statement-breakpoint
DROP INDEX "receipts_waiting";--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "concluded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "tied_by" bigint;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_tied_by_staff_id_fk" FOREIGN KEY ("tied_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_shipped" ON "deliveries" USING btree ("shipped_at") WHERE "deliveries"."status" <> 'voided' AND "deliveries"."replaces_id" IS NULL;--> statement-breakpoint
CREATE INDEX "job_runs_failed" ON "job_runs" USING btree ("started_at") WHERE "job_runs"."error" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "notifications_received" ON "notifications" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "receipts_concluded" ON "receipts" USING btree ("id") WHERE "receipts"."concluded_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "receipts_paid" ON "receipts" USING btree ("paid_at","total_fen") WHERE "receipts"."verdict" = 'settling';--> statement-breakpoint
CREATE INDEX "refunds_gone" ON "refunds" USING btree (coalesce(manual_paid_at, settled_at)) WHERE status = 'succeeded' OR manual_paid_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "receipts_waiting" ON "receipts" USING btree ("id") WHERE verdict <> 'settling' AND concluded_at IS NULL;--> statement-breakpoint
UPDATE "receipts" r SET "concluded_at" = gone."at" FROM (
  SELECT f."receipt_id", sum(f."refund_fen") AS fen, max(coalesce(f."manual_paid_at", f."settled_at")) AS at FROM "refunds" f
  WHERE f."status" = 'succeeded' OR f."manual_paid_at" IS NOT NULL GROUP BY f."receipt_id"
) gone WHERE gone."receipt_id" = r."id" AND r."verdict" <> 'settling' AND gone.fen >= r."total_fen";--> statement-breakpoint
UPDATE "receipts" r SET "concluded_at" = e."at", "tied_by" = e."staff_id" FROM "audit_entries" e
  WHERE e."action" = 'receipt.tie' AND e."subject" = 'receipt' AND e."subject_id" = r."id"::text AND r."verdict" = 'settling';