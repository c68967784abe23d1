CREATE TABLE `audit` (
	`n` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`device_id` text NOT NULL,
	`action` text NOT NULL,
	`case_id` text,
	`detail` text NOT NULL,
	`prev` blob NOT NULL,
	`hash` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `appointments` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`kind` text NOT NULL,
	`starts_on` text NOT NULL,
	`starts_time` text NOT NULL,
	`duration_minutes` integer NOT NULL,
	`place` text NOT NULL,
	`with_user_id` text NOT NULL,
	`with_user_name` text NOT NULL,
	`status` text NOT NULL,
	`status_reason` text NOT NULL,
	`event_id` text,
	`requirement_id` text,
	`told_how` text NOT NULL,
	`starts_at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `appointments_by_officer_and_start` ON `appointments` (`with_user_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `appointments_without_outcome` ON `appointments` (`with_user_id`,`starts_at`) WHERE status = 'planned';--> statement-breakpoint
CREATE INDEX `appointments_by_id` ON `appointments` (`id`);--> statement-breakpoint
CREATE TABLE `addresses` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`lines` text NOT NULL,
	`town` text NOT NULL,
	`postcode` text NOT NULL,
	`start_on` text,
	`end_on` text,
	`checked_on` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `adjustments` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`kind` text NOT NULL,
	`what` text NOT NULL,
	`end_on` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `aliases` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`given_name` text NOT NULL,
	`family_name` text NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `assignments` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`user_id` text NOT NULL,
	`user_name` text NOT NULL,
	`part` text NOT NULL,
	`start_on` text NOT NULL,
	`end_on` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `assignments_by_user` ON `assignments` (`user_id`,`case_id`);--> statement-breakpoint
CREATE TABLE `cases` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`given_name` text NOT NULL,
	`family_name` text NOT NULL,
	`preferred_name` text NOT NULL,
	`date_of_birth` text,
	`pronoun` text NOT NULL,
	`language` text NOT NULL,
	`merged_into` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_details` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `identifiers` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contacts` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`duration_minutes` integer NOT NULL,
	`outcome` text,
	`note` text NOT NULL,
	`sensitive` integer NOT NULL,
	`place` text NOT NULL,
	`appointment_id` text,
	`event_id` text,
	`requirement_id` text,
	`credits` real NOT NULL,
	`recorded_by_id` text NOT NULL,
	`recorded_by_name` text NOT NULL,
	`amends` text,
	`strikes` text,
	`reason` text,
	PRIMARY KEY(`case_id`, `started_at`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contacts_with_credits` ON `contacts` (`case_id`,`requirement_id`,`credits`,`strikes`) WHERE requirement_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_of_appointments` ON `contacts` (`appointment_id`) WHERE appointment_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `drafts` (
	`form_id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`appointment_id` text,
	`mends` text,
	`form_version` integer NOT NULL,
	`ids` text NOT NULL,
	`body` text NOT NULL,
	`saved_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drafts_by_case` ON `drafts` (`case_id`,`saved_at`);--> statement-breakpoint
CREATE TABLE `registers` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`code` text NOT NULL,
	`note` text NOT NULL,
	`start_on` text NOT NULL,
	`next_review_on` text,
	`end_on` text,
	`officer_name` text NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `events` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`number` integer NOT NULL,
	`sentence` text NOT NULL,
	`offence_code` text NOT NULL,
	`offence` text NOT NULL,
	`court` text NOT NULL,
	`sentenced_on` text NOT NULL,
	`start_on` text NOT NULL,
	`end_on` text NOT NULL,
	`terminated_on` text,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `requirements` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`event_id` text NOT NULL,
	`code` text NOT NULL,
	`amount` real NOT NULL,
	`unit` text NOT NULL,
	`start_on` text NOT NULL,
	`ended_on` text,
	`note` text NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `recent_cases` (
	`case_id` text PRIMARY KEY NOT NULL,
	`opened_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `recent_cases_by_time` ON `recent_cases` (`opened_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `templates` (
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`field_rev` text NOT NULL,
	`extra` text,
	`name` text NOT NULL,
	`kinds` text NOT NULL,
	`suits` text NOT NULL,
	`body` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`case_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`place` integer PRIMARY KEY NOT NULL,
	`op_id` text NOT NULL,
	`action_id` text NOT NULL,
	`incarnation` integer,
	`n` integer,
	`type` text NOT NULL,
	`entity` text NOT NULL,
	`case_id` text NOT NULL,
	`id` text NOT NULL,
	`body` text NOT NULL,
	`reason` text,
	`client_at` integer NOT NULL,
	`server_seen_at` integer,
	`server_seen_ago_ms` integer,
	`not_before` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`answered_at` integer,
	`refused_code` text,
	`refused_field` text,
	`conflict_fields` text
);
--> statement-breakpoint
CREATE INDEX `outbox_unsent` ON `outbox` (`place`) WHERE state IN ('pending', 'sending', 'retry');--> statement-breakpoint
CREATE INDEX `outbox_needs_you` ON `outbox` (`place`) WHERE state IN ('conflict', 'quarantined');--> statement-breakpoint
CREATE INDEX `outbox_by_row` ON `outbox` (`case_id`,`entity`,`id`,`place`);--> statement-breakpoint
CREATE TABLE `shadow` (
	`case_id` text NOT NULL,
	`entity` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`fields` text,
	`field_rev` text NOT NULL,
	`extra` text,
	PRIMARY KEY(`case_id`, `entity`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `name_doc` (
	`name_id` integer PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`shown` text NOT NULL,
	`folded` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `name_doc_by_case` ON `name_doc` (`case_id`);--> statement-breakpoint
CREATE TABLE `name_word` (
	`word` text NOT NULL,
	`case_id` text NOT NULL,
	PRIMARY KEY(`word`, `case_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `name_word_by_case` ON `name_word` (`case_id`);--> statement-breakpoint
CREATE TABLE `search_doc` (
	`search_id` integer PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`entity` text NOT NULL,
	`id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `case_summary` (
	`case_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`crn` text,
	`rosh` text,
	`rosh_rank` integer NOT NULL,
	`has_staff_risk` integer NOT NULL,
	`aliases` text NOT NULL,
	`flags` text NOT NULL,
	`folded` text NOT NULL,
	`order_label` text,
	`order_ends_on` text,
	`last_contact_at` integer,
	`next_appointment_at` integer,
	`owed_on` text,
	`owed_count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `case_summary_by_name` ON `case_summary` (`sort_name`);--> statement-breakpoint
CREATE INDEX `case_summary_by_next` ON `case_summary` (`next_appointment_at`);--> statement-breakpoint
CREATE TABLE `due` (
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`case_id`, `kind`, `started_at`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owed` (
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`due_on` text NOT NULL,
	`from_on` text NOT NULL,
	`about` text NOT NULL,
	PRIMARY KEY(`case_id`, `kind`, `subject_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `owed_by_due` ON `owed` (`due_on`);--> statement-breakpoint
CREATE TABLE `case_scope` (
	`case_id` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`state` text NOT NULL,
	`backfill_after` text,
	`priority` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `case_scope_by_state` ON `case_scope` (`state`,`priority`);--> statement-breakpoint
CREATE TABLE `sync_state` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `unreadable_rows` (
	`case_id` text NOT NULL,
	`entity` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`raw` blob NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`case_id`, `entity`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_text` USING fts5(`body`, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
--> statement-breakpoint
INSERT INTO `search_text`(`search_text`, `rank`) VALUES('automerge', 0);
--> statement-breakpoint
-- Two of its leaves fit on one page of the store.
INSERT INTO `search_text`(`search_text`, `rank`) VALUES('pgsz', 4000);
--> statement-breakpoint
CREATE VIRTUAL TABLE `name_text` USING fts5(`folded`, content='name_doc', content_rowid='name_id', tokenize='trigram');
