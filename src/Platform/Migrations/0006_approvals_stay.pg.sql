create trigger readlog_hold_approval_change before update or delete or truncate on readlog_hold_approval for each statement execute function platform_only_added_to();
create trigger readlog_hold_change before delete or truncate on readlog_hold for each statement execute function platform_only_added_to();
