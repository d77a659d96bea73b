-- Who has come in, till when; and who is on the way to the issuer and back.

CREATE TABLE sessions (
    session_hash text PRIMARY KEY,
    subject text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    region text NOT NULL,
    station text NOT NULL,
    facility text NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX sessions_ends ON sessions (ends_at);
COMMENT ON TABLE sessions IS 'Who has come in through this service''s door; a row that is gone is a session that has ended.';
COMMENT ON COLUMN sessions.session_hash IS 'SHA-256 of the random id in the cookie: these rows let nobody in.';
COMMENT ON COLUMN sessions.subject IS 'Id of the person at the issuer.';
COMMENT ON COLUMN sessions.name IS 'As the issuer says; signs what this person does.';
COMMENT ON COLUMN sessions.role IS 'A word of the access rules.';
COMMENT ON COLUMN sessions.region IS 'ISO 3166-2 code of the person''s region; empty: of none.';
COMMENT ON COLUMN sessions.station IS 'The person''s station, as the service''s rows write it; empty: of none.';
COMMENT ON COLUMN sessions.facility IS 'The person''s facility, as the service''s rows write it; empty: of none.';
COMMENT ON COLUMN sessions.began_at IS 'When the person logged in.';
COMMENT ON COLUMN sessions.seen_at IS 'The last request of the person, not of a page that renews itself; five minutes later the session is locked.';
COMMENT ON COLUMN sessions.ends_at IS 'When it ends, whatever happens.';

CREATE TABLE logins (
    state_hash text PRIMARY KEY,
    browser_hash text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    back text NOT NULL,
    made_at timestamptz NOT NULL
);
COMMENT ON TABLE logins IS 'Who is on the way to the issuer and back; each row is used once, within ten minutes.';
COMMENT ON COLUMN logins.state_hash IS 'SHA-256 of the state that comes back with the code.';
COMMENT ON COLUMN logins.browser_hash IS 'SHA-256 of a cookie: nobody is logged in by an answer that was meant for another browser.';
COMMENT ON COLUMN logins.nonce IS 'Must stand in the ID token.';
COMMENT ON COLUMN logins.verifier IS 'The secret of PKCE that fetches the tokens.';
COMMENT ON COLUMN logins.back IS 'The page to return to.';
COMMENT ON COLUMN logins.made_at IS 'When the browser was sent to the issuer.';
