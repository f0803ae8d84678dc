-- A case that closes finds its finding at once, however many there are.
create index people_finding_case on people_finding (case_id);
