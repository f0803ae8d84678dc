-- Doses as they were told. A row never changes: what was wrong is told again by a row that replaces it, or taken back by one that withdraws it.
create table immunization_dose (
    id identity, person uuid not null, given_on text not null, vaccine text not null, lot text not null, site text not null, source text not null, province text not null,
    evidence text not null, note text not null, replaces bigint null, withdrawn bigint not null default 0, import bigint null, account uuid not null, actor text not null,
    learned_at bigint not null
);
create index immunization_dose_person on immunization_dose (person);
-- A row is told again once: of two clerks who correct it at the same time the second is refused.
create unique index immunization_dose_replaces on immunization_dose (replaces);
create table immunization_import (
    id identity, file_name text not null, digest text not null, rows bigint not null, learned bigint not null, known bigint not null, unknown bigint not null,
    account uuid not null, at bigint not null
);
create unique index immunization_import_digest on immunization_import (digest);
