ALTER TABLE `cases` ADD `held_since` integer;--> statement-breakpoint
ALTER TABLE `cases` ADD `client` text;--> statement-breakpoint
CREATE INDEX `cases_held` ON `cases` (`holder`,`held_since`);--> statement-breakpoint
CREATE INDEX `cases_client` ON `cases` (`client`,`held_since`);--> statement-breakpoint
UPDATE `cases` SET `held_since` = json_extract(`state`, '$.holder.since'), `client` = json_extract(`state`, '$.client.id');
