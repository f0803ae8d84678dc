-- What waits already gets the key that it would have been told with.
update platform_delivery set key = coalesce((select case e.kind when 'places.grid_changed' then 'places/grids' else e.body ->> 'subject' end
    from platform_event e where e.id = event), 'told before') where state in ('waiting', 'parked');
