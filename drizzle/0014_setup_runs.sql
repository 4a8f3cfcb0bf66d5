CREATE TABLE "setup_runs" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"ran_at" timestamp with time zone NOT NULL,
	"findings" jsonb NOT NULL,
	CONSTRAINT "setup_runs_one" CHECK ("setup_runs"."id" = 1)
);
