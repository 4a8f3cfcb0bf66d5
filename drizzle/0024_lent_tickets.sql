ALTER TABLE "access_tokens" ADD COLUMN "purpose" text DEFAULT 'access_token' NOT NULL;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD COLUMN "resting_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_purpose" CHECK (purpose IN ('access_token', 'jsapi_ticket'));--> statement-breakpoint
ALTER TABLE "access_tokens" DROP CONSTRAINT "access_tokens_pkey";--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_appid_purpose_pk" PRIMARY KEY("appid","purpose");
