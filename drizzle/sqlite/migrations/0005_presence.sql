CREATE TABLE `presence` (
	`case_id` text NOT NULL,
	`person` text NOT NULL,
	`doing` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`case_id`, `person`)
);
--> statement-breakpoint
CREATE INDEX `presence_until` ON `presence` (`until`);