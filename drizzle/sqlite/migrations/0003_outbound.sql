CREATE TABLE `pauses` (
	`bucket` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL,
	`problem` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pauses_until` ON `pauses` (`until`);--> statement-breakpoint
DROP INDEX `outbox_dead`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `sends` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `tended` text;--> statement-breakpoint
CREATE INDEX `outbox_troubled` ON `outbox` (`seq`) WHERE state in ('ambiguous', 'dead');