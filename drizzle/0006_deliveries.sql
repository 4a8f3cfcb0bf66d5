CREATE TABLE "alarm_orders" (
	"alarm_id" bigint NOT NULL,
	"order_id" bigint NOT NULL,
	CONSTRAINT "alarm_orders_alarm_id_order_id_pk" PRIMARY KEY("alarm_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "codes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"variant_id" bigint NOT NULL,
	"sealed" text NOT NULL,
	"fingerprint" text NOT NULL,
	"delivery_id" bigint,
	"given_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "codes_given" CHECK (("codes"."delivery_id" IS NULL) = ("codes"."given_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'shipped' NOT NULL,
	"carrier" text,
	"tracking_no" text,
	"phone_tail" text,
	"note" text,
	"replaces_id" bigint,
	"batch_id" bigint,
	"staff_id" bigint,
	"shipped_at" timestamp with time zone NOT NULL,
	"uploaded_at" timestamp with time zone,
	"corrected_at" timestamp with time zone,
	"received_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"fail_reason" text,
	"voided_at" timestamp with time zone,
	CONSTRAINT "deliveries_kind" CHECK (kind IN ('express', 'same_city', 'pickup', 'virtual')),
	CONSTRAINT "deliveries_status" CHECK (status IN ('shipped', 'received', 'failed', 'voided')),
	CONSTRAINT "deliveries_express" CHECK (("deliveries"."kind" = 'express') = ("deliveries"."carrier" IS NOT NULL AND "deliveries"."tracking_no" IS NOT NULL)),
	CONSTRAINT "deliveries_failed" CHECK ("deliveries"."status" <> 'failed' OR "deliveries"."fail_reason" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "delivery_batch_rows" (
	"batch_id" bigint NOT NULL,
	"row_no" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"order_id" bigint,
	"carrier" text,
	"tracking_no" text,
	"phone_tail" text,
	"verdict" text NOT NULL,
	"delivery_id" bigint,
	CONSTRAINT "delivery_batch_rows_batch_id_row_no_pk" PRIMARY KEY("batch_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "delivery_batches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_batches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"staff_id" bigint NOT NULL,
	"source" text NOT NULL,
	"file_name" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"columns" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp with time zone,
	"undo_until" timestamp with time zone,
	"undone_at" timestamp with time zone,
	CONSTRAINT "delivery_batches_source" CHECK (source IN ('selection', 'file')),
	CONSTRAINT "delivery_batches_status" CHECK (status IN ('draft', 'applied', 'undone'))
);
--> statement-breakpoint
CREATE TABLE "delivery_contents" (
	"delivery_id" bigint NOT NULL,
	"variant_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "delivery_contents_delivery_id_variant_id_pk" PRIMARY KEY("delivery_id","variant_id"),
	CONSTRAINT "delivery_contents_kind" CHECK (kind IN ('text', 'link'))
);
--> statement-breakpoint
CREATE TABLE "delivery_lines" (
	"delivery_id" bigint NOT NULL,
	"variant_id" bigint NOT NULL,
	"quantity" integer NOT NULL,
	CONSTRAINT "delivery_lines_delivery_id_variant_id_pk" PRIMARY KEY("delivery_id","variant_id"),
	CONSTRAINT "delivery_lines_quantity" CHECK ("delivery_lines"."quantity" >= 1)
);
--> statement-breakpoint
CREATE TABLE "delivery_reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receipt_id" bigint NOT NULL,
	"order_id" bigint,
	"status" text DEFAULT 'queued' NOT NULL,
	"channel" text,
	"deliver_status" integer,
	"deliver_msg" text,
	"request" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_tried_at" timestamp with time zone,
	"next_try_at" timestamp with time zone,
	"error_code" text,
	"error_text" text,
	"reported_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_reports_receipt" UNIQUE("receipt_id"),
	CONSTRAINT "delivery_reports_status" CHECK (status IN ('queued', 'reported', 'refused', 'waived')),
	CONSTRAINT "delivery_reports_channel" CHECK (channel IN ('delivernotify', 'shipping-info')),
	CONSTRAINT "delivery_reports_deliver_status" CHECK ("delivery_reports"."deliver_status" IN (0, 1)),
	CONSTRAINT "delivery_reports_msg" CHECK ("delivery_reports"."deliver_status" IS NULL OR "delivery_reports"."deliver_msg" IS NOT NULL),
	CONSTRAINT "delivery_reports_reported" CHECK ("delivery_reports"."status" <> 'reported' OR "delivery_reports"."reported_at" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "escalations" (
	"order_id" bigint NOT NULL,
	"level" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "escalations_order_id_level_pk" PRIMARY KEY("order_id","level"),
	CONSTRAINT "escalations_level" CHECK ("escalations"."level" BETWEEN 1 AND 100)
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dedupe_key" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error_text" text,
	CONSTRAINT "messages_dedupe_key" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "virtual_contents" (
	"variant_id" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"sealed" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "virtual_contents_kind" CHECK (kind IN ('text', 'link', 'codes')),
	CONSTRAINT "virtual_contents_sealed" CHECK (("virtual_contents"."kind" = 'codes') = ("virtual_contents"."sealed" IS NULL))
);
--> statement-breakpoint
ALTER TABLE "alarms" ADD COLUMN "assigned_to" bigint;--> statement-breakpoint
ALTER TABLE "alarms" ADD COLUMN "acknowledged_by" bigint;--> statement-breakpoint
ALTER TABLE "alarms" ADD COLUMN "acknowledged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alarms" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "alarms" ADD COLUMN "resolved_by" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "clock_ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "assigned_to" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "reminders" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "wechat_calls" ADD COLUMN "report_id" bigint;--> statement-breakpoint
ALTER TABLE "alarm_orders" ADD CONSTRAINT "alarm_orders_alarm_id_alarms_id_fk" FOREIGN KEY ("alarm_id") REFERENCES "public"."alarms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_orders" ADD CONSTRAINT "alarm_orders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_batch_id_delivery_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."delivery_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_replaces" FOREIGN KEY ("replaces_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_batch_rows" ADD CONSTRAINT "delivery_batch_rows_batch_id_delivery_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."delivery_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_batch_rows" ADD CONSTRAINT "delivery_batch_rows_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_batch_rows" ADD CONSTRAINT "delivery_batch_rows_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD CONSTRAINT "delivery_batches_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_contents" ADD CONSTRAINT "delivery_contents_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_contents" ADD CONSTRAINT "delivery_contents_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_lines" ADD CONSTRAINT "delivery_lines_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_lines" ADD CONSTRAINT "delivery_lines_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_reports" ADD CONSTRAINT "delivery_reports_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_reports" ADD CONSTRAINT "delivery_reports_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "virtual_contents" ADD CONSTRAINT "virtual_contents_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alarm_orders_order" ON "alarm_orders" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "codes_once" ON "codes" USING btree ("variant_id","fingerprint");--> statement-breakpoint
CREATE INDEX "codes_free" ON "codes" USING btree ("variant_id","id") WHERE "codes"."delivery_id" IS NULL;--> statement-breakpoint
CREATE INDEX "codes_of_delivery" ON "codes" USING btree ("delivery_id") WHERE "codes"."delivery_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_replaced_once" ON "deliveries" USING btree ("replaces_id") WHERE "deliveries"."replaces_id" IS NOT NULL AND "deliveries"."status" <> 'voided';--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_one_parcel" ON "deliveries" USING btree ("order_id","carrier","tracking_no") WHERE "deliveries"."kind" = 'express' AND "deliveries"."status" IN ('shipped', 'received');--> statement-breakpoint
CREATE INDEX "deliveries_order" ON "deliveries" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_batch" ON "deliveries" USING btree ("batch_id") WHERE "deliveries"."batch_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_tracking" ON "deliveries" USING btree ("tracking_no") WHERE "deliveries"."tracking_no" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_batches_newest" ON "delivery_batches" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "delivery_reports_order" ON "delivery_reports" USING btree ("order_id") WHERE "delivery_reports"."order_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_reports_open" ON "delivery_reports" USING btree ("status","id") WHERE "delivery_reports"."status" IN ('queued', 'refused');--> statement-breakpoint
CREATE INDEX "messages_age" ON "messages" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_assigned_to_staff_id_fk" FOREIGN KEY ("assigned_to") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_acknowledged_by_staff_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_resolved_by_staff_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_assigned_to_staff_id_fk" FOREIGN KEY ("assigned_to") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orders_clock" ON "orders" USING btree ("deliver_by","id") WHERE deliver_by IS NOT NULL AND clock_ended_at IS NULL;--> statement-breakpoint
CREATE INDEX "orders_clock_by_kind" ON "orders" USING btree ("kind","deliver_by","id") WHERE deliver_by IS NOT NULL AND clock_ended_at IS NULL;--> statement-breakpoint
CREATE INDEX "orders_clock_by_person" ON "orders" USING btree ("assigned_to","deliver_by","id") WHERE deliver_by IS NOT NULL AND clock_ended_at IS NULL;--> statement-breakpoint
CREATE INDEX "wechat_calls_report" ON "wechat_calls" USING btree ("report_id","id") WHERE "wechat_calls"."report_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_resolved" CHECK (("alarms"."status" = 'resolved') = ("alarms"."resolved_at" IS NOT NULL));