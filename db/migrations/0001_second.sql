DROP INDEX `contacts_with_credits`;--> statement-breakpoint
CREATE INDEX `contacts_with_credits` ON `contacts` (`case_id`,`requirement_id`,`credits`,`strikes`,`appointment_id`,`version`) WHERE requirement_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `mended_by` text;--> statement-breakpoint
ALTER TABLE `case_summary` ADD `worked_out_on` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `case_summary_by_day` ON `case_summary` (`worked_out_on`);--> statement-breakpoint
ALTER TABLE `case_scope` ADD `until` integer;