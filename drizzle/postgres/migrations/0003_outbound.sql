CREATE TABLE "pauses" (
	"bucket" text PRIMARY KEY NOT NULL,
	"until" bigint NOT NULL,
	"problem" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_dead";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "sends" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "tended" json;--> statement-breakpoint
CREATE INDEX "pauses_until" ON "pauses" USING btree ("until");--> statement-breakpoint
CREATE INDEX "outbox_troubled" ON "outbox" USING btree ("seq") WHERE state in ('ambiguous', 'dead');