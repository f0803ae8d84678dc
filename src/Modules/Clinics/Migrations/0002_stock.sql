-- A lot of a vaccine, and whether it was recalled.
create table clinics_lot (
    product text not null, lot text not null, expires text not null, maker text not null, recalled_at bigint null, recall_note text not null,
    primary key (product, lot)
);
-- One vial or filled syringe by its trace code, as it stands: stock, opened, used, wasted, quarantine, away (between clinics).
create table clinics_unit (
    code text primary key, product text not null, lot text not null, clinic text not null, fridge text not null, state text not null, doses bigint not null,
    opened_at bigint null, version bigint not null
);
create index clinics_unit_place on clinics_unit (clinic, product, state);
create index clinics_unit_lot on clinics_unit (product, lot);
-- Every movement of every unit; a lot's balance is their sum. `doses` come to `clinic` and `fridge`, or leave them where negative.
create table clinics_movement (
    id identity, code text not null, product text not null, lot text not null, clinic text not null, fridge text not null, what text not null, doses bigint not null,
    visit uuid null, reason text not null, account uuid not null, actor text not null, at bigint not null
);
create index clinics_movement_lot on clinics_movement (product, lot, id);
create index clinics_movement_code on clinics_movement (code);
-- Doses that a clinic can give of a vaccine, and how many of them are promised to who is booked.
create table clinics_level (clinic text not null, product text not null, usable bigint not null, promised bigint not null, primary key (clinic, product));
-- What each fridge last said, and whether what lies in it is quarantined.
create table clinics_fridge (
    clinic text not null, fridge text not null, celsius real not null, at bigint not null, out_since bigint null, state text not null, primary key (clinic, fridge)
);
create table clinics_reading (clinic text not null, fridge text not null, at bigint not null, celsius real not null, primary key (clinic, fridge, at));
-- A dose in spite of a breach: which, who allowed it and why.
create table clinics_override (
    id identity, visit uuid not null, clauses text not null, reason text not null, account uuid not null, actor text not null, at bigint not null
);
create index clinics_override_visit on clinics_override (visit);
-- Which vial each dose came from: whom a recalled lot reached is one question.
create table clinics_dose (dose bigint primary key, visit uuid not null, code text not null);
create index clinics_dose_code on clinics_dose (code);
-- What was decided about a fridge's vials after an excursion.
create table clinics_decision (
    id identity, clinic text not null, fridge text not null, release bigint not null, reason text not null, account uuid not null, actor text not null, at bigint not null
);
