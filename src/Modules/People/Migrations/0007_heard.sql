-- Up to which version each case of a person was heard: what comes later and is older says nothing any more.
create table people_heard (case_id uuid primary key, version bigint not null);
