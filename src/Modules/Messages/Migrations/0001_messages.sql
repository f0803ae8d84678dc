-- What people are told. state: waiting (for due_at), handing (to a way, under claim), call (a clerk rings), handed, unreached, withdrawn.
create table messages_message (
    id uuid primary key, kind text not null, recipient text not null, about text not null, place text not null, words text not null,
    made_at bigint not null, from_at bigint not null, not_after bigint not null, state text not null, due_at bigint not null, way text not null, claim text not null,
    why text not null, read_at bigint null, settled_by uuid null
);
create unique index messages_message_once on messages_message (kind, recipient, about);
create index messages_message_due on messages_message (state, due_at);
create index messages_message_recipient on messages_message (recipient, made_at);
create index messages_message_about on messages_message (about);
-- Each handing over and what became of it: handed, refused, bounced, delivered, reached (a call), late, unsure. Only added to.
create table messages_attempt (
    id identity, message uuid not null, way text not null, at bigint not null, outcome text not null, proof text not null, cost_fen bigint not null,
    account uuid null, actor text not null
);
create index messages_attempt_message on messages_attempt (message);
create table messages_wish (recipient text primary key, off text not null, language text not null, at bigint not null);
-- What was handed over together, by its key: a file on a node, or a gateway's answer.
create table messages_batch (id text primary key, way text not null, node text not null, at bigint not null, messages bigint not null, file text not null);
