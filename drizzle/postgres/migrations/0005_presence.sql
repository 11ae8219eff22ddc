CREATE TABLE "presence" (
	"case_id" text NOT NULL,
	"person" text NOT NULL,
	"doing" text NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "presence_person" PRIMARY KEY("case_id","person")
);
--> statement-breakpoint
CREATE INDEX "presence_until" ON "presence" USING btree ("until");