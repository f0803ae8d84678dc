-- Wrong passwords are counted by name, known or not, so that a lock does not tell which names exist.
create table access_attempt (sign_in text primary key, failures bigint not null, locked_until bigint not null, at bigint not null);
create table access_sign_in (id identity, account uuid not null, at bigint not null);
create index access_sign_in_account on access_sign_in (account, at);
alter table access_account drop column failures;
alter table access_account drop column locked_until;
