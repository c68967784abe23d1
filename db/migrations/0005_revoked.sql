CREATE TABLE `purge` (
	`case_id` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`stage` text NOT NULL,
	`counted_at` integer,
	`contact_ms` integer,
	`is_handed_over` integer NOT NULL,
	`rows` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `purge_by_stage` ON `purge` (`stage`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `came_late` integer DEFAULT false NOT NULL;