-- What was only taken over can be undone whole: nobody here did it. Its take-over says who brought it and who took it back.
drop trigger cases_history_no_change on cases_history;
create trigger cases_history_no_update before update on cases_history for each row execute function cases_append_only();
create trigger cases_history_no_delete before delete on cases_history for each row when (old.act <> 'taken_over') execute function cases_append_only();
