create function platform_only_added_to() returns trigger language plpgsql as $$ begin raise exception '% is only added to', tg_table_name; end $$;
create trigger access_history_change before update or delete or truncate on access_history for each statement execute function platform_only_added_to();
