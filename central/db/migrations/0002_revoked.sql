CREATE TABLE "late_work" (
	"region" text COLLATE "C" NOT NULL,
	"op_id" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"body" jsonb NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"device" text COLLATE "C" NOT NULL,
	"recorded_at" bigint NOT NULL,
	"client_at" bigint NOT NULL,
	"server_seen" jsonb,
	"reason" text COLLATE "C",
	CONSTRAINT "late_work_region_op_id_pk" PRIMARY KEY("region","op_id")
);
--> statement-breakpoint
CREATE TABLE "purge" (
	"region" text COLLATE "C" NOT NULL,
	"device_id" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"epoch" integer NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"rows" bigint NOT NULL,
	"unsent" bigint NOT NULL,
	"reported_at" bigint NOT NULL,
	CONSTRAINT "purge_region_device_id_case_id_epoch_pk" PRIMARY KEY("region","device_id","case_id","epoch")
);
--> statement-breakpoint
ALTER TABLE "scope_event" ADD COLUMN "at" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "late_work_of_case" ON "late_work" USING btree ("region","case_id");