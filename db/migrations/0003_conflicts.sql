CREATE TABLE `conflicts` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`row_entity` text NOT NULL,
	`row_id` text NOT NULL,
	`field` text NOT NULL,
	`before` text,
	`standing` text,
	`standing_by_id` text,
	`standing_by_name` text,
	`standing_at` integer,
	`proposals` integer NOT NULL,
	`state` text NOT NULL,
	`settled_value` text,
	`settled_by_id` text,
	`settled_by_name` text,
	`settled_at` integer,
	`reason` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `proposals` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`conflict_id` text NOT NULL,
	`value` text,
	`by_id` text NOT NULL,
	`by_name` text NOT NULL,
	`at` integer NOT NULL,
	`op_id` text NOT NULL,
	`reason` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
UPDATE `outbox` SET `state` = 'quarantined', `refused_code` = 'invalid-fields' WHERE `state` = 'conflict';--> statement-breakpoint
DROP INDEX `outbox_needs_you`;--> statement-breakpoint
CREATE INDEX `outbox_needs_you` ON `outbox` (`place`) WHERE state = 'quarantined';--> statement-breakpoint
ALTER TABLE `outbox` DROP COLUMN `conflict_fields`;