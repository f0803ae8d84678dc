-- What waits is counted at every visit of the start page and every two seconds for boards: from the index alone, never from the rows.
drop index cases_case_due;
create index cases_case_due on cases_case (state, due_at, id, place, kind, stage, asked, answer);
drop index cases_case_place;
create index cases_case_place on cases_case (place, state, kind, due_at);
