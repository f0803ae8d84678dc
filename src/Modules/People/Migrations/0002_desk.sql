-- From a record back to the row it stood in, for the evidence behind a value.
create index people_row_record on people_row (record);
create index people_file_merged on people_file (merged_into);
create index people_file_household on people_file (household);
create index people_move_to on people_move (to_file);
create index people_move_from on people_move (from_file);

-- Who acted, as they were called then: accounts change their names and leave.
alter table people_act add column actor text not null default '';
alter table people_act add column undone_reason text not null default '';
alter table people_act add column undone_actor text not null default '';
alter table people_statement add column actor text not null default '';
alter table people_statement add column note text not null default '';
alter table people_statement add column token bytes null;
create index people_statement_token on people_statement (token);

-- A pair waits open, is held by one clerk for minutes, and is decided; a merge of two insured files waits in 'confirm' for a second person.
alter table people_pair add column held_by_name text not null default '';
alter table people_pair add column verdict text not null default '';
alter table people_pair add column reason text not null default '';
alter table people_pair add column decided_name text not null default '';
alter table people_pair add column act bigint null;
create index people_pair_state on people_pair (state, weight);

-- Who may act for whom. The ids are of files; a merged file's links are read with those of the file it became.
create table people_guardian (
    id identity, ward uuid not null, guardian uuid not null, kind text not null, evidence text not null, note text not null, from_day text not null,
    until_day text null, account uuid not null, actor text not null, at bigint not null, ended_at bigint null, ended_by uuid null, ended_reason text not null default ''
);
create index people_guardian_ward on people_guardian (ward);
create index people_guardian_guardian on people_guardian (guardian);

-- A clerk saw the person and the document, and opened the account.
create table people_proofing (
    id identity, file uuid not null, document text not null, checks text not null, note text not null, citizen uuid not null, sign_in text not null,
    account uuid not null, actor text not null, at bigint not null
);
create index people_proofing_file on people_proofing (file);

-- What a citizen asks to have put right. The value of a number is sealed.
create table people_correction (
    id uuid primary key, file uuid not null, lineage bigint null, field text not null, value text not null, sealed bigint not null, why text not null,
    state text not null, asked_by uuid not null, asked_at bigint not null, due text not null, case_id uuid null,
    answered_at bigint null, answered_actor text not null default '', answer text not null default ''
);
create index people_correction_file on people_correction (file);
create index people_correction_state on people_correction (state, due);

-- Work that goes on after the page was answered: lists being taken in.
create table people_job (
    id uuid primary key, state text not null, folder text not null, files text not null, node text not null, account uuid not null, actor text not null,
    at bigint not null, beat_at bigint not null, done_at bigint null, step text not null, amount bigint not null, result text not null
);
create index people_job_at on people_job (at);
-- An act that overrules earlier verdicts withdraws them; undoing the act brings them back.
alter table people_decision add column withdrawn_by_act bigint null;
create index people_decision_act on people_decision (act);
create index people_decision_lineage on people_decision (lineage_a, lineage_b);
-- One at a time in a district, whichever node does it.
create unique index people_job_running on people_job (state) where state = 'running';
