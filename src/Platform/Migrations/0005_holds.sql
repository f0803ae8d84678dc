-- The case or file under which a read happened, so that a hold can name all reads of one matter.
alter table readlog_entry add column reference text not null default '';
drop index readlog_subject_node;
create index readlog_subject_entry on readlog_subject (node, seq);
create index readlog_entry_batch on readlog_entry (at) where subject_scope <> 'persons';

-- What was pruned when its time was over: the chain goes on from the hash at seq, signed.
create table readlog_checkpoint (
    node text not null, seq bigint not null, at bigint not null, hash bytes not null, signature bytes not null, primary key (node, seq)
);

-- A lawful hold: reads of one person that the person is not told of for a time.
create table readlog_hold (
    id uuid primary key, person uuid not null, node text null, seq bigint null, reference text null, reason text not null, basis text not null,
    created_by uuid not null, created_at bigint not null, until_day text null, lifted_by uuid null, lifted_at bigint null
);
create index readlog_hold_person on readlog_hold (person);
-- Two approvals of one round, by two people, put a hold in force until the day that both saw.
create table readlog_hold_approval (
    hold uuid not null, round bigint not null, approver uuid not null, until_day text not null, at bigint not null, primary key (hold, round, approver)
);
