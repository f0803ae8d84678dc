-- What the offices' lists said, row by row. A record never changes: a changed row is a new record of the same lineage.
create table people_import (
    id bigint primary key, source text not null, file_name text not null, period text not null, list text not null, state text not null,
    rows bigint not null default 0, learned bigint not null default 0, changed bigint not null default 0, ended bigint not null default 0,
    bytes_digest text not null, rows_digest text not null, notes text not null default '',
    at bigint not null, account uuid not null, undone_at bigint null, undone_by uuid null
);
create index people_import_source on people_import (source, state, period);
create table people_refused_file (
    id identity, file_name text not null, source text not null, at bigint not null, account uuid not null, code text not null, sentence text not null, detail text not null
);
create table people_record (
    id bigint primary key, lineage bigint not null, import bigint not null, ended_by bigint null, source text not null,
    row_key bytes not null, digest bytes not null, token bytes null, body text not null
);
create index people_record_token on people_record (token);
create index people_record_lineage on people_record (lineage);
create index people_record_import on people_record (import);
-- Which file a lineage belongs to: the one fact that matching, merging and undoing change.
create table people_member (lineage bigint primary key, file uuid not null);
create index people_member_file on people_member (file);
create table people_row (import bigint not null, row bigint not null, record bigint not null, primary key (import, row));

-- One file a person. Its id is never given to another; a merged file names the one that it became.
create table people_file (
    id uuid primary key, opened_at bigint not null, state text not null, merged_into uuid null, name text not null, name_bo text not null, sex bigint not null,
    birth text not null, token bytes null, registered text not null, lives text not null, dwelling text not null, insured text not null, household text not null, digest text not null
);
create index people_file_lives on people_file (lives);
create index people_file_registered on people_file (registered);
create index people_file_token on people_file (token);
-- Search: a token leads to the names that contain it, a name to its files; names repeat, so this is a third of a direct index.
create table people_name (token text not null, name text not null, primary key (token, name));
create table people_alias (name text not null, file uuid not null, primary key (name, file));
create index people_alias_file on people_alias (file);
create index people_file_dwelling on people_file (dwelling);

-- Acts of people (and of the machine, under its own name) on which file a lineage belongs to.
create table people_act (
    id identity, kind text not null, at bigint not null, account uuid not null, reason text not null, undone_at bigint null, undone_by uuid null
);
create table people_move (act bigint not null, lineage bigint not null, from_file uuid null, to_file uuid not null, primary key (act, lineage));
create index people_move_lineage on people_move (lineage);
create table people_decision (
    id identity, lineage_a bigint not null, lineage_b bigint not null, verdict text not null, act bigint not null, withdrawn_at bigint null
);
create table people_pair (
    id identity, file_a uuid not null, file_b uuid not null, weight real not null, waterfall text not null, why text not null, state text not null, at bigint not null,
    held_by uuid null, held_until bigint not null default 0, decided_by uuid null, decided_at bigint null
);
create unique index people_pair_files on people_pair (file_a, file_b);

-- What clerks, visits and citizens stated about a person; it hangs on a lineage, so it goes where that row goes.
create table people_statement (
    id identity, lineage bigint not null, field text not null, value text not null, sealed bigint not null default 0, source text not null, evidence text not null,
    account uuid not null, learned_at bigint not null, true_from text not null, withdrawn_at bigint null, withdrawn_by uuid null
);
create index people_statement_lineage on people_statement (lineage);

create table people_finding (
    id uuid primary key, kind text not null, file uuid not null, source text not null, row bigint not null, args text not null, state text not null,
    opened_at bigint not null, closed_at bigint null, closed_why text not null default '', place text not null, case_id uuid null
);
create unique index people_finding_open on people_finding (kind, file, opened_at);
create index people_finding_file on people_finding (file);
create index people_finding_state on people_finding (state, kind);
