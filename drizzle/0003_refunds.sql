CREATE TABLE "pictures" (
	"name" text PRIMARY KEY NOT NULL,
	"content_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pictures_size" CHECK (length("pictures"."bytes") BETWEEN 1 AND 5242880)
);
--> statement-breakpoint
CREATE TABLE "refund_lines" (
	"refund_id" bigint NOT NULL,
	"variant_id" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"restock" boolean,
	CONSTRAINT "refund_lines_refund_id_variant_id_pk" PRIMARY KEY("refund_id","variant_id"),
	CONSTRAINT "refund_lines_quantity" CHECK ("refund_lines"."quantity" >= 1)
);
--> statement-breakpoint
CREATE TABLE "refund_pictures" (
	"refund_id" bigint NOT NULL,
	"picture_name" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "refund_pictures_refund_id_position_pk" PRIMARY KEY("refund_id","position")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refunds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receipt_id" bigint NOT NULL,
	"order_id" bigint,
	"out_refund_no" text NOT NULL,
	"refund_id" text,
	"source" text NOT NULL,
	"status" text DEFAULT 'requested' NOT NULL,
	"member_id" bigint,
	"staff_id" bigint,
	"requested_fen" bigint NOT NULL,
	"refund_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"reason_text" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"first_approved_by" bigint,
	"first_approved_at" timestamp with time zone,
	"decided_by" bigint,
	"decided_at" timestamp with time zone,
	"decision_note" text,
	"send_after" timestamp with time zone,
	"return_carrier" text,
	"return_tracking_no" text,
	"return_sent_at" timestamp with time zone,
	"request" jsonb,
	"refund_account" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_sent_at" timestamp with time zone,
	"next_try_at" timestamp with time zone,
	"error_code" text,
	"error_text" text,
	"accepted_at" timestamp with time zone,
	"queried_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"recv_account" text,
	"manual_method" text,
	"manual_reference" text,
	"manual_note" text,
	"manual_paid_at" timestamp with time zone,
	"manual_by" bigint,
	CONSTRAINT "refunds_out_refund_no" UNIQUE("out_refund_no"),
	CONSTRAINT "refunds_refund_id" UNIQUE("refund_id"),
	CONSTRAINT "refunds_source" CHECK (source IN ('buyer', 'staff', 'shop', 'portal')),
	CONSTRAINT "refunds_status" CHECK (status IN ('requested', 'rejected', 'withdrawn', 'approved', 'awaiting_return', 'sending', 'accepted', 'abnormal', 'succeeded', 'closed', 'manual')),
	CONSTRAINT "refunds_fen" CHECK ("refunds"."refund_fen" >= 1 AND "refunds"."refund_fen" <= "refunds"."requested_fen"),
	CONSTRAINT "refunds_settled" CHECK ("refunds"."status" <> 'succeeded' OR "refunds"."settled_at" IS NOT NULL),
	CONSTRAINT "refunds_sent" CHECK ("refunds"."status" <> 'sending' OR "refunds"."request" IS NOT NULL),
	CONSTRAINT "refunds_by_hand" CHECK ("refunds"."manual_paid_at" IS NULL OR "refunds"."manual_method" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"member_id" bigint NOT NULL,
	"picture_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploads_member_id_picture_name_pk" PRIMARY KEY("member_id","picture_name")
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_verdict";--> statement-breakpoint
ALTER TABLE "receipts" DROP CONSTRAINT "receipts_known";--> statement-breakpoint
ALTER TABLE "transitions" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "wechat_calls" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "wechat_calls" ALTER COLUMN "payment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "refund_id" bigint;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "shipped" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "dropped" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wechat_calls" ADD COLUMN "refund_id" bigint;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_pictures" ADD CONSTRAINT "refund_pictures_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_pictures" ADD CONSTRAINT "refund_pictures_picture_name_pictures_name_fk" FOREIGN KEY ("picture_name") REFERENCES "public"."pictures"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_first_approved_by_staff_id_fk" FOREIGN KEY ("first_approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_manual_by_staff_id_fk" FOREIGN KEY ("manual_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_picture_name_pictures_name_fk" FOREIGN KEY ("picture_name") REFERENCES "public"."pictures"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pictures_age" ON "pictures" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "refund_pictures_name" ON "refund_pictures" USING btree ("picture_name");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_one_in_flight" ON "refunds" USING btree ("receipt_id") WHERE "refunds"."status" = 'sending';--> statement-breakpoint
CREATE INDEX "refunds_receipt" ON "refunds" USING btree ("receipt_id","id");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("order_id") WHERE "refunds"."order_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "refunds_by_status" ON "refunds" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "uploads_age" ON "uploads" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "transitions_refund" ON "transitions" USING btree ("entity_id","id") WHERE "transitions"."entity" = 'refund';--> statement-breakpoint
CREATE INDEX "wechat_calls_refund" ON "wechat_calls" USING btree ("refund_id","id") WHERE "wechat_calls"."refund_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_verdict" CHECK (verdict IN ('paid', 'revived', 'late', 'surplus', 'second_transaction', 'repeated', 'mismatch', 'unknown', 'not_paid', 'not_ours', 'weaker_signature', 'forged', 'malformed', 'unverified', 'applied', 'portal', 'stored', 'failed'));--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_pieces" CHECK ("order_lines"."shipped" >= 0 AND "order_lines"."dropped" >= 0 AND "order_lines"."shipped" + "order_lines"."dropped" <= "order_lines"."quantity");--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_known" CHECK ("receipts"."verdict" = 'unknown' OR "receipts"."order_id" IS NOT NULL);--> statement-breakpoint
-- What came in before refunds were known follows now: surplus goes back, refund results are applied.
INSERT INTO outbox (task, payload)
SELECT 'surplus_received', jsonb_build_object('orderId', order_id, 'receiptId', id) FROM receipts WHERE verdict = 'surplus' ORDER BY id;
--> statement-breakpoint
INSERT INTO outbox (task, payload)
SELECT 'apply_refund_notification', jsonb_build_object('orderId', order_id, 'notificationId', id) FROM notifications
WHERE kind = 'refund' AND verdict = 'stored' AND applied_at IS NULL ORDER BY id;
