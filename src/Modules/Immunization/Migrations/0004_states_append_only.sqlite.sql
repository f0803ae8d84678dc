create trigger immunization_state_update before update on immunization_state begin select raise(abort, 'immunization_state is only added to'); end;
create trigger immunization_state_delete before delete on immunization_state begin select raise(abort, 'immunization_state is only added to'); end;
