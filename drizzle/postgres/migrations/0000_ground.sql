CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"status" text NOT NULL,
	"live" integer NOT NULL,
	"priority" text,
	"owner" text,
	"holder" text,
	"level" text,
	"reporter" text NOT NULL,
	"logged_by" text NOT NULL,
	"wake_at" bigint,
	"due_at" bigint,
	"opened_at" bigint NOT NULL,
	"version" integer NOT NULL,
	"search" text NOT NULL,
	"state" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"platform" text NOT NULL,
	"key" text NOT NULL,
	"id" text NOT NULL,
	"reference" json NOT NULL,
	CONSTRAINT "conversations_key" PRIMARY KEY("platform","key")
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"stream" text NOT NULL,
	"version" integer NOT NULL,
	"at" bigint NOT NULL,
	"by" json NOT NULL,
	"cause" text NOT NULL,
	"type" text NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"case_id" text,
	"lane" text NOT NULL,
	"bucket" text NOT NULL,
	"dedupe" text NOT NULL,
	"drawing" json NOT NULL,
	"destination" json NOT NULL,
	"urgency" integer NOT NULL,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"not_before" bigint NOT NULL,
	"lease_until" bigint,
	"ambiguous" integer NOT NULL,
	"posted" json,
	"wanted" integer NOT NULL,
	"done" integer NOT NULL,
	"wanted_at" bigint NOT NULL,
	"problem" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "places" (
	"platform" text NOT NULL,
	"channel" text NOT NULL,
	"message" text NOT NULL,
	"thread" text,
	"case_id" text NOT NULL,
	"role" text NOT NULL,
	"linked_at" bigint NOT NULL,
	CONSTRAINT "places_place" PRIMARY KEY("platform","channel","message")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"key" text PRIMARY KEY NOT NULL,
	"case_id" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "cases_number" ON "cases" USING btree ("number");--> statement-breakpoint
CREATE INDEX "cases_wake" ON "cases" USING btree ("wake_at","id") WHERE "cases"."wake_at" is not null;--> statement-breakpoint
CREATE INDEX "cases_queue" ON "cases" USING btree ("live","due_at","opened_at","number","status","priority","level");--> statement-breakpoint
CREATE INDEX "cases_owner" ON "cases" USING btree ("owner","live","due_at","opened_at","number");--> statement-breakpoint
CREATE INDEX "cases_reporter" ON "cases" USING btree ("reporter","opened_at");--> statement-breakpoint
CREATE INDEX "cases_logged_by" ON "cases" USING btree ("logged_by","opened_at");--> statement-breakpoint
CREATE INDEX "cases_holder" ON "cases" USING btree ("holder","live","due_at","opened_at","number");--> statement-breakpoint
CREATE UNIQUE INDEX "clients_name_key" ON "clients" USING btree ("name_key" collate "C");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_stream_version" ON "journal" USING btree ("stream","version");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_id" ON "outbox" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupe" ON "outbox" USING btree ("dedupe");--> statement-breakpoint
CREATE INDEX "outbox_active" ON "outbox" USING btree ("lane","seq") WHERE state in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("seq") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "places_case" ON "places" USING btree ("case_id","role","platform","linked_at");--> statement-breakpoint
CREATE INDEX "receipts_at" ON "receipts" USING btree ("at");