CREATE TABLE "audit" (
	"region" text COLLATE "C" NOT NULL,
	"device_id" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"prev" text COLLATE "C" NOT NULL,
	"n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C",
	"detail" jsonb NOT NULL,
	"received_at" bigint NOT NULL,
	"flaw" text COLLATE "C",
	CONSTRAINT "audit_region_device_id_hash_pk" PRIMARY KEY("region","device_id","hash")
);
--> statement-breakpoint
CREATE TABLE "blob_chunk" (
	"region" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"place" integer NOT NULL,
	"chunk" "bytea" NOT NULL,
	CONSTRAINT "blob_chunk_region_case_id_hash_place_pk" PRIMARY KEY("region","case_id","hash","place")
);
--> statement-breakpoint
CREATE TABLE "blob" (
	"region" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"bytes" integer NOT NULL,
	"complete_at" bigint,
	CONSTRAINT "blob_region_case_id_hash_pk" PRIMARY KEY("region","case_id","hash")
);
--> statement-breakpoint
ALTER TABLE "change" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "unsent" integer;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "oldest_unsent_at" bigint;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "refused" integer;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "app_version" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "audit_after" ON "audit" USING btree ("region","device_id","prev");