create trigger histories_step_change before update or delete or truncate on histories_step for each statement execute function platform_only_added_to();
