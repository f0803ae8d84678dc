create trigger immunization_dose_change before update or delete or truncate on immunization_dose for each statement execute function platform_only_added_to();
