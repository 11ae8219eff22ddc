CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`status` text NOT NULL,
	`live` integer NOT NULL,
	`priority` text,
	`owner` text,
	`holder` text,
	`level` text,
	`reporter` text NOT NULL,
	`logged_by` text NOT NULL,
	`wake_at` integer,
	`due_at` integer,
	`opened_at` integer NOT NULL,
	`version` integer NOT NULL,
	`search` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`number`);--> statement-breakpoint
CREATE INDEX `cases_wake` ON `cases` (`wake_at`,`id`) WHERE "cases"."wake_at" is not null;--> statement-breakpoint
CREATE INDEX `cases_queue` ON `cases` (`live`,`due_at`,`opened_at`,`number`,`status`,`priority`,`level`);--> statement-breakpoint
CREATE INDEX `cases_owner` ON `cases` (`owner`,`live`,`due_at`,`opened_at`,`number`);--> statement-breakpoint
CREATE INDEX `cases_reporter` ON `cases` (`reporter`,`opened_at`);--> statement-breakpoint
CREATE INDEX `cases_logged_by` ON `cases` (`logged_by`,`opened_at`);--> statement-breakpoint
CREATE INDEX `cases_holder` ON `cases` (`holder`,`live`,`due_at`,`opened_at`,`number`);--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `clients_name_key` ON `clients` (`name_key`);--> statement-breakpoint
CREATE TABLE `conversations` (
	`platform` text NOT NULL,
	`key` text NOT NULL,
	`id` text NOT NULL,
	`reference` text NOT NULL,
	PRIMARY KEY(`platform`, `key`)
);
--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`stream` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`cause` text NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_stream_version` ON `journal` (`stream`,`version`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`case_id` text,
	`lane` text NOT NULL,
	`bucket` text NOT NULL,
	`dedupe` text NOT NULL,
	`drawing` text NOT NULL,
	`destination` text NOT NULL,
	`urgency` integer NOT NULL,
	`state` text NOT NULL,
	`attempt` integer NOT NULL,
	`not_before` integer NOT NULL,
	`lease_until` integer,
	`ambiguous` integer NOT NULL,
	`posted` text,
	`wanted` integer NOT NULL,
	`done` integer NOT NULL,
	`wanted_at` integer NOT NULL,
	`problem` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id` ON `outbox` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`dedupe`);--> statement-breakpoint
CREATE INDEX `outbox_active` ON `outbox` (`lane`,`seq`) WHERE state in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`seq`) WHERE state = 'dead';--> statement-breakpoint
CREATE TABLE `places` (
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`message` text NOT NULL,
	`thread` text,
	`case_id` text NOT NULL,
	`role` text NOT NULL,
	`linked_at` integer NOT NULL,
	PRIMARY KEY(`platform`, `channel`, `message`)
);
--> statement-breakpoint
CREATE INDEX `places_case` ON `places` (`case_id`,`role`,`platform`,`linked_at`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`key` text PRIMARY KEY NOT NULL,
	`case_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `receipts_at` ON `receipts` (`at`);