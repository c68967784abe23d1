ALTER TABLE `case_scope` ADD `compared_at` integer;
