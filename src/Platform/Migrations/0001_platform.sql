create table readlog_entry (
    node text not null, seq bigint not null, at bigint not null, account uuid not null, actor text not null, role text not null,
    purpose text not null, act text not null, subject_scope text not null, subjects bytes not null, detail text not null, hash bytes not null,
    primary key (node, seq)
);
create index readlog_entry_at on readlog_entry (at);
create table readlog_subject (person uuid not null, node text not null, seq bigint not null, primary key (person, node, seq));
create index readlog_subject_node on readlog_subject (node);
create table readlog_head (node text primary key, seq bigint not null, at bigint not null, hash bytes not null, signature bytes not null);

create table platform_event (
    id identity, kind text not null, body text not null, at bigint not null
);
create table platform_delivery (
    event bigint not null, handler text not null, state text not null, tries bigint not null, next_at bigint not null, error text not null default '',
    primary key (event, handler)
);
create index platform_delivery_due on platform_delivery (state, next_at);
create table platform_lease (name text primary key, holder text not null, token bigint not null, until bigint not null);
create table platform_key (name text primary key, xml text not null, at bigint not null);
create table platform_setting (name text primary key, value text not null);

create table access_account (
    id uuid primary key, sign_in text not null unique, name text not null, password text not null, stamp text not null,
    person uuid null, failures bigint not null default 0, locked_until bigint not null default 0,
    state text not null default 'active', must_change bigint not null default 0, created_at bigint not null, demonstration bigint not null default 0
);
create index access_account_person on access_account (person);
create table access_grant (
    id identity, account uuid not null, role text not null, scope text not null, from_day text not null, until_day text null,
    given_by uuid not null, given_at bigint not null, ended_by uuid null, ended_at bigint null
);
create index access_grant_account on access_grant (account);
