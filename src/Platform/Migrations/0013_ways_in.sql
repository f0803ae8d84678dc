-- How a sign-in began, and what the office calls it: a logout told from there may name either the person or the sign-in.
alter table access_session add column way text not null default 'password';
alter table access_session add column sid text null;
-- When the person themselves showed who they are: an office that still knows somebody asks for nothing.
alter table access_session add column shown_at bigint not null default 0;
create index access_session_account on access_session (account);
create index access_session_sid on access_session (sid);
alter table access_history add column detail text null;
-- An account as the office's directory knows it: named by an administrator, bound to issuer and subject by the first sign-in from there.
create table access_office (
    account uuid primary key, name text not null unique, named_at bigint not null, issuer text null, subject text null, sub text null,
    vouched_at bigint not null default 0, ended_at bigint not null default 0, unique (issuer, subject)
);
create index access_office_sub on access_office (sub);
-- What counts once and for a time: identifiers of logout tokens, answered challenges, and forms on their way through the office.
create table access_once (key text primary key, value text not null, until bigint not null);
create index access_once_until on access_once (until);
create table access_passkey (
    id uuid primary key, account uuid not null, credential text not null unique, public_key bytes not null, sign_count bigint not null,
    transports text not null, backup_eligible bigint not null, backed_up bigint not null, name text not null,
    made_at bigint not null, used_at bigint null
);
create index access_passkey_account on access_passkey (account);
