ALTER TABLE `outbox` ADD `failures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `failed_from_ms` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `aside_until` integer DEFAULT 0 NOT NULL;