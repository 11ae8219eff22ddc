ALTER TABLE "cases" ADD COLUMN "held_since" bigint;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "client" text;--> statement-breakpoint
CREATE INDEX "cases_held" ON "cases" USING btree ("holder","held_since");--> statement-breakpoint
CREATE INDEX "cases_client" ON "cases" USING btree ("client","held_since");--> statement-breakpoint
UPDATE "cases" SET "held_since" = ("state"->'holder'->>'since')::bigint, "client" = "state"->'client'->>'id';
