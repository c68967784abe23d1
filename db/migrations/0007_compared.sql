ALTER TABLE `case_scope` ADD `compared_at` integer;--> statement-breakpoint
-- The index is merged while nothing else happens, never by a transaction of sync or of a save: that could take a second.
INSERT INTO `search_text`(`search_text`, `rank`) VALUES('crisismerge', 1999);
