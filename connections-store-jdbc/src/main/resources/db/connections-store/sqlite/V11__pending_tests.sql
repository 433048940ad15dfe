-- Tests that are under way. Who opens the file while nobody else uses it knows that those in it were killed.
CREATE INDEX connections_by_pending_test ON connections (pending_test) WHERE pending_test IS NOT NULL;

PRAGMA user_version = 11;
