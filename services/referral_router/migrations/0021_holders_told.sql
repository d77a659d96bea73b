-- A holder may be told twice about one place, of two withdrawals: each is acknowledged for itself.
ALTER TABLE holders_told DROP CONSTRAINT holders_told_pkey, ADD PRIMARY KEY (need_id, report_id, version);
