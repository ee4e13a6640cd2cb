-- How many codes were asked for each day: no row tells of a request, and nothing tells who asked.

create table asked_codes (
    day         date   not null,
    referential text   not null,
    edition     text   not null,
    outcome     text   not null check (outcome in ('found', 'not-in-force', 'not-known', 'unknown')),
    total       bigint not null check (total > 0),
    primary key (day, referential, edition, outcome)
);
comment on table asked_codes is 'How many codes were asked for in a day, by edition and outcome, of all nodes. Written once a minute by each.';
