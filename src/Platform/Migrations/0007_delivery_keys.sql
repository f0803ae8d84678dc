-- A delivery is known by event and module, and carries what its event is about: a module hears the events of one key in their order.
-- The note says why an operator passed over it.
alter table platform_delivery add column key text not null default '';
alter table platform_delivery add column note text not null default '';
drop index platform_delivery_due;
create index platform_delivery_waiting on platform_delivery (event, handler) where state = 'waiting';
create index platform_delivery_open on platform_delivery (handler, key, event) where state in ('waiting', 'parked');

-- people.hear_results and people.renew_file become people: what any of a module's handlers had not heard yet, the module hears.
insert into platform_delivery (event, handler, state, tries, next_at, error)
    select event, rtrim(rtrim(handler, 'abcdefghijklmnopqrstuvwxyz_'), '.'), max(state), case max(state) when 'waiting' then 0 else max(tries) end, min(next_at), max(error)
    from platform_delivery where handler like '%.%' group by event, rtrim(rtrim(handler, 'abcdefghijklmnopqrstuvwxyz_'), '.');
delete from platform_delivery where handler like '%.%';
