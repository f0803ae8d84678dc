create table platform_member (
    address text primary key, status bigint not null, name text not null, host text not null, role text not null, proxy_port bigint not null,
    update_zone bigint not null, fault_zone bigint not null, suspects text not null, started_at bigint not null, alive_at bigint not null, mark bigint not null
);
create table platform_member_version (one bigint primary key, version bigint not null);
insert into platform_member_version (one, version) values (1, 0);
