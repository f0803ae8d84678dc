-- By key alone at first: with the module first, PostgreSQL without statistics read every waiting delivery of the module for each that it took.
drop index platform_delivery_open;
create index platform_delivery_open on platform_delivery (key, handler, event) where state in ('waiting', 'parked');
