-- A sign-in lives here and not in its cookie alone: signing out deletes the row, and a copied cookie opens nothing any more.
create table access_session (id uuid primary key, account uuid not null, started_at bigint not null, seen_at bigint not null, kept text null);
create index access_session_started on access_session (started_at);
