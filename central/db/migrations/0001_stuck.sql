ALTER TABLE "device" ADD COLUMN "unsent" integer;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "oldest_unsent_at" bigint;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "refused" integer;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "app_version" text COLLATE "C";