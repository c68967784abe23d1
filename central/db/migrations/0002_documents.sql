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
-- Sealed bytes cannot be made smaller: PostgreSQL need not try.
ALTER TABLE "blob_chunk" ALTER COLUMN "chunk" SET STORAGE EXTERNAL;
