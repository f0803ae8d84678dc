create trigger immunization_dose_update before update on immunization_dose begin select raise(abort, 'immunization_dose is only added to'); end;
create trigger immunization_dose_delete before delete on immunization_dose begin select raise(abort, 'immunization_dose is only added to'); end;
