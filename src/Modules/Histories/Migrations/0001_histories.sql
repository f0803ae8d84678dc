-- Files of older systems that were tried, taken over or taken back. Where a take-over stands: reading, refused, lost (its node died while it read), tried,
-- taking, again (what waits is tried once more), taken, undoing, undone, dropped.
create table histories_take (
    id identity, kind text not null, source text not null, file_name text not null, state text not null, places text not null, columns text not null,
    rows bigint not null, refusals text not null, beat_at bigint not null, at bigint not null, account uuid not null, actor text not null
);
create index histories_take_at on histories_take (at);
create index histories_take_state on histories_take (state);
-- A row as the file wrote it, sealed while it may still be needed, and what became of it: new, known, contradicts, unknown, refused, taken, undone, stays.
create table histories_row (
    take bigint not null, row bigint not null, outcome text not null, why text not null, words text not null, told bytes null, person uuid null, child bigint not null,
    primary key (take, row)
);
create index histories_row_outcome on histories_row (take, outcome, row);
-- Who did what with it.
create table histories_step (id identity, take bigint not null, act text not null, at bigint not null, account uuid not null, actor text not null);
create index histories_step_take on histories_step (take, id);
