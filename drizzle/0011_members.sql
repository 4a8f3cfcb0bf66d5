ALTER TABLE "notifications" ADD COLUMN "scrubbed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "member_identities_openid" ON "member_identities" USING btree ("openid");--> statement-breakpoint
CREATE INDEX "members_blocked" ON "members" USING btree ("id") WHERE "members"."blocked_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "members_erased" ON "members" USING btree ("id") WHERE "members"."erased_at" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_blocked_reason" CHECK (("members"."blocked_at" IS NULL) = ("members"."blocked_reason" IS NULL));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_erased_not_blocked" CHECK ("members"."erased_at" IS NULL OR "members"."blocked_at" IS NULL);