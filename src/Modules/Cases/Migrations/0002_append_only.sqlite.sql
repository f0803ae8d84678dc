create trigger cases_history_no_update before update on cases_history begin select raise(abort, 'cases_history is append-only'); end;
create trigger cases_history_no_delete before delete on cases_history begin select raise(abort, 'cases_history is append-only'); end;
create trigger cases_evidence_no_update before update on cases_evidence begin select raise(abort, 'cases_evidence is append-only'); end;
