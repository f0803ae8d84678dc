-- Who is told of what. state: active, paused, off (too long without one taken), gone (the receiver said so), ended. The secrets are sealed.
create table webhooks_subscription (
    id uuid primary key, name text not null, url text not null, events text not null, fields text not null, purpose text not null, secret bytes not null,
    old_secret bytes null, old_until bigint not null, state text not null, made_at bigint not null, made_by text not null, failing_since bigint null,
    failures bigint not null, rest_until bigint not null, last_reason text not null
);
-- One telling of one event to one receiver. state: waiting (for due_at), sent, failed (after the last try), dropped (the receiver went). The body holds
-- plain fields alone; personal ones are read when it is sent, of the person named here.
create table webhooks_delivery (
    id uuid primary key, subscription uuid not null, event bigint null, type text not null, thing text not null, person uuid null, body text not null,
    at bigint not null, state text not null, tries bigint not null, due_at bigint not null, last_at bigint null, reason text not null
);
create unique index webhooks_delivery_once on webhooks_delivery (subscription, event);
create index webhooks_delivery_due on webhooks_delivery (subscription, state, due_at);
create index webhooks_delivery_at on webhooks_delivery (at);
