-- Who gave, changed or ended which role, and when: only ever added to (0004 has the storage itself refuse anything else).
create table access_history (
    id identity, at bigint not null, account uuid not null, by_account uuid not null, act text not null,
    role text null, scope text null, from_day text null, until_day text null
);
create index access_history_account on access_history (account, id);
create index access_grant_scope on access_grant (scope);
