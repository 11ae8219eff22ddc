CREATE TABLE `memories` (
	`name` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journal_type` ON `journal` (`type`,`at`,`stream`,`version`);