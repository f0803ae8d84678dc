create table trees_tree (
    id uuid not null primary key,
    name text not null,
    place text not null,
    ailing bigint not null);
