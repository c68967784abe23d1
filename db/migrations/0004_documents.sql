CREATE TABLE `attached_files` (
	`id` text PRIMARY KEY NOT NULL,
	`form_id` text NOT NULL,
	`case_id` text NOT NULL,
	`op_id` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`key` text NOT NULL,
	`file` text NOT NULL,
	`begun_at` integer NOT NULL,
	`content_hash` text,
	`blob_hash` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attached_files_by_form` ON `attached_files` (`form_id`);--> statement-breakpoint
CREATE TABLE `document_files` (
	`case_id` text NOT NULL,
	`blob_hash` text NOT NULL,
	`file` text NOT NULL,
	`bytes` integer NOT NULL,
	`state` text NOT NULL,
	`chunks` integer NOT NULL,
	`not_before` integer NOT NULL,
	`is_wanted` integer NOT NULL,
	PRIMARY KEY(`case_id`, `blob_hash`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `document_files_moving` ON `document_files` (`state`,`not_before`) WHERE state IN ('sending', 'fetching');--> statement-breakpoint
CREATE TABLE `documents` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`contact_id` text NOT NULL,
	`contact_at` integer NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`attached_at` integer NOT NULL,
	`content_hash` text NOT NULL,
	`blob_hash` text NOT NULL,
	`key` text NOT NULL,
	`recorded_by_id` text NOT NULL,
	`recorded_by_name` text NOT NULL,
	`amends` text,
	`strikes` text,
	`reason` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `removed_files` (
	`file` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
