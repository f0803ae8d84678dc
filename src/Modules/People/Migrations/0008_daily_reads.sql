-- How many pairs wait is counted at every visit of the start page: what is asked of a pair stands in the index, without its long waterfall.
drop index people_pair_state;
create index people_pair_state on people_pair (state, weight, id, verdict, file_a, file_b);
-- A search asks birth as well.
drop index people_file_scope;
create index people_file_scope on people_file (id, state, lives, registered, birth);
