-- A gateway reports by the number that it gave a message.
create index messages_attempt_proof on messages_attempt (proof) where outcome = 'handed' and proof <> '';
