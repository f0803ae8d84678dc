-- Doses of an older system, and what takes them back, name the take-over and the row of its file.
alter table immunization_dose add column take bigint null;
alter table immunization_dose add column take_row bigint null;
create index immunization_dose_take on immunization_dose (take, take_row) where take is not null;
