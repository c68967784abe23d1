CREATE TABLE "centre" (
	"region" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"office_name" text COLLATE "C" NOT NULL,
	"is_demo" boolean NOT NULL,
	"cursor_secret" text COLLATE "C" NOT NULL,
	CONSTRAINT "centre_region_pk" PRIMARY KEY("region")
);
--> statement-breakpoint
CREATE TABLE "change" (
	"region" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"entity" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"op_id" text COLLATE "C" NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"device" text COLLATE "C" NOT NULL,
	"recorded_at" bigint NOT NULL,
	"client_at" bigint NOT NULL,
	"server_seen" jsonb,
	"reason" text COLLATE "C",
	"patch" jsonb NOT NULL,
	CONSTRAINT "change_region_seq_pk" PRIMARY KEY("region","seq")
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"region" text COLLATE "C" NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "counter_region_pk" PRIMARY KEY("region")
);
--> statement-breakpoint
CREATE TABLE "device" (
	"region" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"incarnation" integer NOT NULL,
	"last_n" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen" bigint NOT NULL,
	CONSTRAINT "device_region_id_pk" PRIMARY KEY("region","id")
);
--> statement-breakpoint
CREATE TABLE "op_result" (
	"region" text COLLATE "C" NOT NULL,
	"op_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"device_id" text COLLATE "C" NOT NULL,
	"incarnation" integer NOT NULL,
	"n" bigint NOT NULL,
	"verdict" jsonb NOT NULL,
	"row_key" jsonb,
	"revs" jsonb NOT NULL,
	CONSTRAINT "op_result_region_op_id_pk" PRIMARY KEY("region","op_id"),
	CONSTRAINT "op_result_number" UNIQUE("region","device_id","incarnation","n")
);
--> statement-breakpoint
CREATE TABLE "row_state" (
	"region" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"entity" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"deleted" boolean NOT NULL,
	"fields" jsonb NOT NULL,
	"field_rev" jsonb NOT NULL,
	CONSTRAINT "row_state_region_case_id_entity_id_pk" PRIMARY KEY("region","case_id","entity","id")
);
--> statement-breakpoint
CREATE TABLE "scope_due" (
	"region" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "scope_due_region_case_id_pk" PRIMARY KEY("region","case_id")
);
--> statement-breakpoint
CREATE TABLE "scope_event" (
	"region" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"epoch" integer NOT NULL,
	CONSTRAINT "scope_event_region_seq_pk" PRIMARY KEY("region","seq")
);
--> statement-breakpoint
CREATE TABLE "scope" (
	"region" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"epoch" integer NOT NULL,
	"until" bigint,
	CONSTRAINT "scope_region_user_id_case_id_pk" PRIMARY KEY("region","user_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "app_user" (
	"region" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	CONSTRAINT "app_user_region_id_pk" PRIMARY KEY("region","id")
);
--> statement-breakpoint
CREATE INDEX "row_state_changed_since" ON "row_state" USING btree ("region","version");--> statement-breakpoint
CREATE INDEX "scope_due_by_time" ON "scope_due" USING btree ("region","at");--> statement-breakpoint
CREATE INDEX "scope_event_of_case" ON "scope_event" USING btree ("region","case_id","user_id","seq");--> statement-breakpoint
CREATE INDEX "scope_event_since" ON "scope_event" USING btree ("region","user_id","seq");--> statement-breakpoint
CREATE INDEX "scope_of_case" ON "scope" USING btree ("region","case_id");