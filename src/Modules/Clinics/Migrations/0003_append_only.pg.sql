create trigger clinics_act_change before update or delete or truncate on clinics_act for each statement execute function platform_only_added_to();
create trigger clinics_consent_change before update or delete or truncate on clinics_consent for each statement execute function platform_only_added_to();
create trigger clinics_movement_change before update or delete or truncate on clinics_movement for each statement execute function platform_only_added_to();
create trigger clinics_override_change before update or delete or truncate on clinics_override for each statement execute function platform_only_added_to();
create trigger clinics_decision_change before update or delete or truncate on clinics_decision for each statement execute function platform_only_added_to();
