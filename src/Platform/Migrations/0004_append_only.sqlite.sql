create trigger access_history_update before update on access_history begin select raise(abort, 'access_history is only added to'); end;
create trigger access_history_delete before delete on access_history begin select raise(abort, 'access_history is only added to'); end;
