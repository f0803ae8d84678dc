-- Periods of insurance of older systems, beside those that the roll tells. As written (a month, a year), and the first and last day that it means.
create table people_insured (
    id identity, person uuid not null, scheme text not null, from_day text not null, until_day text not null, first_day text not null, last_day text not null,
    source text not null, take bigint not null, take_row bigint not null, account uuid not null, actor text not null, at bigint not null,
    undone_at bigint null, undone_by uuid null
);
create index people_insured_person on people_insured (person);
create index people_insured_take on people_insured (take, take_row);
