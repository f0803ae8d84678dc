create table places_street (code text primary key, name text not null);
create table places_community (code text primary key, name text not null);
create table places_grid (
    code text primary key, name text not null, walk_order bigint not null, outline bytes null, valid_from text null, valid_to text null,
    demonstration bigint not null default 0
);
create table places_lineage (
    retired text not null, heir text not null, act text not null, on_day text not null, at bigint not null, by_account uuid not null,
    primary key (retired, heir)
);
create table places_dwelling (id uuid primary key, key text not null unique, text text not null, grid text not null, lon real null, lat real null);
create index places_dwelling_grid on places_dwelling (grid);
create table places_move (
    id identity, dwelling uuid not null, from_grid text not null, to_grid text not null, on_day text not null
);
create index places_move_dwelling on places_move (dwelling, on_day);
create table places_alias (
    id identity, form text not null, hint text not null, dwelling uuid null, name text null, text text not null,
    learned_at bigint not null, learned_by uuid not null, undone_at bigint null, undone_by uuid null
);
create unique index places_alias_form on places_alias (form, hint) where undone_at is null;
create table places_unresolved (
    id identity, form text not null, hint text not null, place text not null, text text not null, source text not null,
    times bigint not null, first_seen bigint not null, last_seen bigint not null,
    state text not null, alias bigint null, settled_at bigint null, settled_by uuid null, unique (form, hint)
);
create index places_unresolved_state on places_unresolved (state, times);
create table places_version (one bigint primary key, version bigint not null);
insert into places_version (one, version) values (1, 1);
