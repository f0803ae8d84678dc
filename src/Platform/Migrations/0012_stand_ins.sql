-- Who does whose work, from one instant to another: never deleted, so that it can always be told in whose name somebody acted.
create table access_stand_in (
    id uuid primary key, absent uuid not null, deputy uuid not null, from_at bigint not null, until_at bigint not null, reason text not null,
    given_by uuid not null, given_at bigint not null, ended_by uuid null, ended_at bigint null
);
create index access_stand_in_absent on access_stand_in (absent, until_at);
create index access_stand_in_deputy on access_stand_in (deputy, until_at);
-- In whose name this sign-in works just now; null is the own.
alter table access_session add column stands_for uuid null;
-- For whom a stand-in approved: neither of the two gives the second approval.
alter table readlog_hold_approval add column stands_for uuid null;
