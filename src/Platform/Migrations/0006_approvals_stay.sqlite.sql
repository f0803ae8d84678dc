create trigger readlog_hold_approval_update before update on readlog_hold_approval begin select raise(abort, 'readlog_hold_approval is only added to'); end;
create trigger readlog_hold_approval_delete before delete on readlog_hold_approval begin select raise(abort, 'readlog_hold_approval is only added to'); end;
create trigger readlog_hold_delete before delete on readlog_hold begin select raise(abort, 'readlog_hold keeps every hold'); end;
