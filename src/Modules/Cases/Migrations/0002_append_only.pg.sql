create function cases_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end $$;
create trigger cases_history_no_change before update or delete on cases_history for each row execute function cases_append_only();
create trigger cases_history_no_truncate before truncate on cases_history for each statement execute function cases_append_only();
create trigger cases_evidence_no_update before update on cases_evidence for each row execute function cases_append_only();
