CREATE TABLE `early` (
	`key` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`message` text NOT NULL,
	`at` integer NOT NULL,
	`kept_at` integer NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `early_place` ON `early` (`platform`,`channel`,`message`,`at`,`key`);--> statement-breakpoint
CREATE INDEX `early_kept` ON `early` (`kept_at`);