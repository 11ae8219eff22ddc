CREATE TABLE "early" (
	"key" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"channel" text NOT NULL,
	"message" text NOT NULL,
	"at" bigint NOT NULL,
	"kept_at" bigint NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE INDEX "early_place" ON "early" USING btree ("platform","channel","message","at","key");--> statement-breakpoint
CREATE INDEX "early_kept" ON "early" USING btree ("kept_at");