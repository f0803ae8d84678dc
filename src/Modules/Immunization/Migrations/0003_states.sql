-- States of health as they were told. What it is, since when and on which evidence lie sealed in `told`; as with doses a row never changes, it is told again.
create table immunization_state (
    id identity, person uuid not null, told bytes not null, act text not null, replaces bigint null, account uuid not null, actor text not null, learned_at bigint not null
);
create index immunization_state_person on immunization_state (person);
-- A row is followed by one other at most: of two nurses who end it at the same time the second is refused.
create unique index immunization_state_replaces on immunization_state (replaces);
-- What somebody recorded last, such as the lot in use.
create index immunization_dose_account on immunization_dose (account, id);
