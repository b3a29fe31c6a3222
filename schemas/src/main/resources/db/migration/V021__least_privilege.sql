-- What the door was granted with the tables, and has no use for: a version of a profile never changes, and a user is
-- never deleted (their turns and postings stay).
revoke update on chat.profiles from orrery_ingest;
revoke delete on chat.users from orrery_ingest;
