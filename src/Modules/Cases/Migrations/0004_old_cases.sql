-- Which row of which take-over made a case of an older system.
create table cases_old (take bigint not null, take_row bigint not null, case_id uuid not null, primary key (take, take_row));
create index cases_old_case on cases_old (case_id);
