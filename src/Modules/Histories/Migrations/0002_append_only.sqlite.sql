create trigger histories_step_update before update on histories_step begin select raise(abort, 'histories_step is only added to'); end;
create trigger histories_step_delete before delete on histories_step begin select raise(abort, 'histories_step is only added to'); end;
