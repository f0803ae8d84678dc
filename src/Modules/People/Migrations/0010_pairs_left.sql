-- How many pairs, less likely than all that were put before the clerks, the last bringing up to date left for the next.
alter table people_updated add column pairs_left bigint not null default 0;
