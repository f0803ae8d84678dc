create table cases_case (
    id uuid primary key, kind text not null, subject text not null, origin text not null, visit_group text not null, walk_order text not null,
    reachable bigint not null, place text not null, state text not null, stage text not null, priority bigint not null,
    opened_at bigint not null, due_at bigint not null, first_due_at bigint not null, facts text not null,
    assigned_to uuid null, next_at bigint null, paused_at bigint null, closed_at bigint null,
    answer text not null, result text not null, details text not null, answered_by uuid null, answered_at bigint null, handlers text not null,
    evidence text not null, evidence_bytes bigint not null, missed_calls bigint not null, missed_visits bigint not null, missed_days bigint not null,
    missed_last text null, asked text null, asked_by uuid null, asked_why text null, reworks bigint not null, version bigint not null
);
create unique index cases_case_one_open on cases_case (kind, subject, origin) where state not in ('closed', 'withdrawn');
create index cases_case_subject on cases_case (subject, opened_at);
create index cases_case_place on cases_case (place, state);
create index cases_case_due on cases_case (state, due_at);
create index cases_case_opened on cases_case (opened_at);
create index cases_case_closed on cases_case (closed_at);
create index cases_case_answered on cases_case (answered_by, answered_at);

create table cases_history (
    case_id uuid not null, seq bigint not null, at bigint not null, done_at bigint not null, act text not null,
    actor uuid not null, actor_name text not null, role text not null, unit text not null,
    from_state text not null, to_state text not null, note text not null, body text not null, act_key uuid null,
    primary key (case_id, seq)
);
create unique index cases_history_key on cases_history (act_key) where act_key is not null;

create table cases_evidence (
    id uuid primary key, case_id uuid not null, kind text not null, media_type text not null, size bigint not null, digest text not null,
    content bytes not null, added_by uuid not null, added_at bigint not null
);
create index cases_evidence_case on cases_evidence (case_id);

create table cases_substitution (
    id uuid primary key, place text not null, absent uuid null, absent_name text not null, substitute uuid not null, substitute_name text not null, from_day text not null, until_day text not null,
    reason text not null, given_by uuid not null, given_at bigint not null, ended_by uuid null, ended_at bigint null
);
create index cases_substitution_who on cases_substitution (substitute, until_day);
