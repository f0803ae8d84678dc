-- Places of a half hour, of all vaccines together (product is empty) and of one. A row is made by the first who books there.
create table clinics_places (
    clinic text not null, day text not null, minute bigint not null, product text not null, quota bigint not null, taken bigint not null,
    primary key (clinic, day, minute, product)
);
-- A clinic's morning. `changes` grows with everything that a board shows, and orders whatever happens in one morning.
create table clinics_day (
    clinic text not null, day text not null, last_number bigint not null, called bigint not null, changes bigint not null, shut text not null,
    primary key (clinic, day)
);
-- How far each line of a morning has come: the mark of whoever stands at its end.
create table clinics_line (clinic text not null, day text not null, lane text not null, last bigint not null, primary key (clinic, day, lane));
-- One visit as it stands; how it came there is told by clinics_act.
create table clinics_visit (
    id uuid primary key, clinic text not null, day text not null, minute bigint null, lane text not null, person uuid not null, child bigint not null, called_as text not null,
    party uuid not null, products text not null, state text not null, number bigint null, room text not null, mark bigint not null, passes bigint not null,
    ready_at bigint null, called_at bigint null, given_at bigint null, until_at bigint null, over_at bigint null, made_at bigint not null,
    telephone bytes null, version bigint not null
);
create unique index clinics_visit_number on clinics_visit (clinic, day, number);
create index clinics_visit_state on clinics_visit (clinic, day, state);
create index clinics_visit_person on clinics_visit (person);
create index clinics_visit_party on clinics_visit (party);
-- Nobody is booked twice, whoever books: at another clinic, on another day, by the other parent.
create unique index clinics_visit_booked on clinics_visit (person) where state = 'booked';
-- Everything that was done to a visit, by whom, where and when; `was` is how it stood before, for taking it back. Health lies sealed in `told`.
create table clinics_act (
    visit uuid not null, step bigint not null, act text not null, room text not null, note text not null, told bytes null, was text not null,
    takes_back bigint null, account uuid not null, actor text not null, done_at bigint not null, learned_at bigint not null, key uuid null,
    primary key (visit, step)
);
create unique index clinics_act_key on clinics_act (key);
-- Who was called where: what the hall's board shows and speaks.
create table clinics_call (
    id identity, clinic text not null, day text not null, visit uuid not null, number bigint not null, room text not null, kind text not null, at bigint not null
);
create index clinics_call_day on clinics_call (clinic, day, id);
-- What was said to a vaccine for a child, by whom, on which text; the strokes of the signature lie sealed.
create table clinics_consent (
    id uuid primary key, person uuid not null, product text not null, answer text not null, text text not null, digest text not null, reason bytes null,
    strokes bytes null, signer uuid null, signed_as text not null, visit uuid null, account uuid not null, actor text not null, at bigint not null
);
create index clinics_consent_person on clinics_consent (person);
