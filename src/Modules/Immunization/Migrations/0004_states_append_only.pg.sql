create trigger immunization_state_change before update or delete or truncate on immunization_state for each statement execute function platform_only_added_to();
