-- The registry. Two clocks run through it and never mix:
--   validity  when something is true in the world, [from, to)
--   releases  which editions say so: a range over release.position, [first that says so, first that no longer does)
-- An edition that repeats what the one before said writes nothing: its position falls into ranges that are there.

create extension if not exists btree_gist;

create table referential (
    id         smallint generated always as identity primary key,
    name       text     not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    -- The descriptor as its publisher's pack states it; null for a referential that others link to but that nobody has described yet.
    descriptor jsonb
);
comment on table referential is 'A list of codes that lasts, whatever its editions.';

create table level (
    referential smallint not null references referential,
    number      smallint not null,
    name        text     not null,
    primary key (referential, number),
    unique (referential, name)
);
comment on table level is 'The levels of a referential. Numbers are never reused: rows of every edition point to them.';

create table import (
    id          bigint generated always as identity primary key,
    format      text        not null,
    started_at  timestamptz not null default now(),
    finished_at timestamptz,
    outcome     text check (outcome in ('published', 'already-published', 'rejected', 'failed')),
    options     jsonb       not null default '{}',
    -- Counts by rule and the findings kept in detail.
    findings    jsonb       not null default '{}',
    check ((outcome is null) = (finished_at is null))
);
comment on table import is 'What was brought in, when, and how it ended. An import without an outcome was cut off: nothing of it is visible.';

create table import_file (
    import bigint   not null references import on delete cascade,
    number smallint not null,
    name   text     not null,
    sha256 text     not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes  bigint   not null check (bytes >= 0),
    primary key (import, number)
);

create table release (
    id             bigint generated always as identity primary key,
    referential    smallint    not null references referential,
    edition        text        not null check (edition ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$' and edition !~ '^\d{4}-\d{2}-\d{2}$'),
    -- Orders the editions: the days from 1970-01-01 to reference_date.
    position       integer     not null,
    reference_date date        not null,
    issued         date,
    state          text        not null check (state in ('published', 'superseded', 'withdrawn')),
    digest         text        not null check (digest ~ '^[0-9a-f]{64}$'),
    concepts       integer     not null check (concepts >= 0),
    in_force       integer     not null check (in_force >= 0),
    links          integer     not null check (links >= 0),
    successions    integer     not null check (successions >= 0),
    measures       integer     not null check (measures >= 0),
    sources        jsonb       not null default '[]',
    import         bigint      not null references import,
    published_at   timestamptz not null default now(),
    ended_at       timestamptz,
    check ((state = 'published') = (ended_at is null)),
    check (position = reference_date - date '1970-01-01')
);
comment on table release is 'One edition of a referential as its publisher issued it. A correction is a new row that supersedes the old.';
create unique index release_edition on release (referential, edition) where state = 'published';
create unique index release_position on release (referential, position) where state = 'published';

-- A fact is the fingerprint of everything a row states but its releases: equal facts are equal statements.

create table concept (
    referential smallint  not null references referential,
    code        text      not null check (code <> ''),
    validity    daterange not null check (not isempty(validity)),
    releases    int4range not null check (not isempty(releases)),
    level       smallint  not null,
    derived     boolean   not null,
    label       text      not null,
    labels      jsonb,
    attributes  jsonb,
    fact        uuid      not null,
    foreign key (referential, level) references level,
    -- No edition can say two things of one code on one day.
    constraint concept_states_do_not_overlap
        exclude using gist (referential with =, code with =, validity with &&, releases with &&)
);
comment on table concept is 'What a code meant over a stretch of time, and the editions that say so.';
create index concept_fact on concept (referential, fact);

create table link (
    referential        smallint  not null references referential,
    code               text      not null check (code <> ''),
    relation           text      not null check (relation in ('broader', 'related')),
    target_referential smallint  not null references referential,
    target             text      not null check (target <> ''),
    validity           daterange not null check (not isempty(validity)),
    releases           int4range not null check (not isempty(releases)),
    derived            boolean   not null,
    fact               uuid      not null
);
comment on table link is 'A tie from a concept to one above or beside it, with its own validity.';
create index link_fact on link (referential, fact);

create table succession (
    referential       smallint  not null references referential,
    date              date      not null,
    code              text      check (code <> ''),
    referential_after smallint  not null references referential,
    code_after        text      check (code_after <> ''),
    kind              text      not null check (kind in ('created', 'ceased', 'renamed', 'recoded', 'merged', 'split', 'restored', 'moved', 'other')),
    type              text,
    derived           boolean   not null,
    releases          int4range not null check (not isempty(releases)),
    fact              uuid      not null,
    check (code is not null or code_after is not null)
);
comment on table succession is 'What a code became on a day; the date is the first day of the new state.';
create index succession_fact on succession (referential, fact);

create table measure (
    referential smallint  not null references referential,
    code        text      not null check (code <> ''),
    name        text      not null check (name <> ''),
    value       bigint    not null,
    releases    int4range not null check (not isempty(releases)),
    fact        uuid      not null
);
comment on table measure is 'A figure that an edition states of a code, and that the next one states anew.';
create index measure_fact on measure (referential, fact);

create table correspondence (
    id         bigint generated always as identity primary key,
    name       text   not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,127}$'),
    source     bigint not null references release,
    target     bigint not null references release,
    state      text   not null check (state in ('published', 'superseded', 'withdrawn')),
    descriptor jsonb  not null default '{}',
    import     bigint not null references import,
    published_at timestamptz not null default now()
);
comment on table correspondence is 'A published table between two releases (xkos:Correspondence).';
create unique index correspondence_name on correspondence (name) where state = 'published';

create table association (
    correspondence bigint not null references correspondence on delete cascade,
    source_code    text   not null check (source_code <> ''),
    target_code    text   not null check (target_code <> ''),
    match          text   not null check (match in ('exact', 'narrower', 'broader', 'close', 'related')),
    share          numeric check (share >= 0 and share <= 1),
    basis          text,
    attributes     jsonb,
    primary key (correspondence, source_code, target_code),
    check ((share is null) = (basis is null))
);
comment on table association is 'One line of a correspondence: source code, target code, how they match.';
create index association_target on association (correspondence, target_code);

-- Every publication, supersession and withdrawal, in order: nodes that missed a notification catch up by its last number.
create table publication (
    id          bigint generated always as identity primary key,
    referential smallint    not null references referential,
    release     bigint      not null references release,
    action      text        not null check (action in ('published', 'superseded', 'withdrawn')),
    at          timestamptz not null default now()
);

-- Fingerprints. They name referentials and levels by name, never by number, so that equal content has equal digests in every database.

create function concept_fact(code text, validity daterange, level text, derived boolean, label text, labels jsonb, attributes jsonb)
    returns uuid language sql immutable parallel safe
    return md5(code || chr(31) || coalesce((lower(validity) - date '1970-01-01')::text, '') || chr(31) || coalesce((upper(validity) - date '1970-01-01')::text, '')
        || chr(31) || level || chr(31) || derived::text || chr(31) || label || chr(31) || coalesce(labels::text, '') || chr(31) || coalesce(attributes::text, ''))::uuid;

create function link_fact(code text, relation text, target_referential text, target text, validity daterange, derived boolean)
    returns uuid language sql immutable parallel safe
    return md5(code || chr(31) || relation || chr(31) || target_referential || chr(31) || target || chr(31)
        || coalesce((lower(validity) - date '1970-01-01')::text, '') || chr(31) || coalesce((upper(validity) - date '1970-01-01')::text, '') || chr(31) || derived::text)::uuid;

create function succession_fact(date date, code text, referential_after text, code_after text, kind text, type text, derived boolean)
    returns uuid language sql immutable parallel safe
    return md5((date - date '1970-01-01')::text || chr(31) || coalesce(code, '') || chr(31) || referential_after || chr(31) || coalesce(code_after, '') || chr(31)
        || kind || chr(31) || coalesce(type, '') || chr(31) || derived::text)::uuid;

create function measure_fact(code text, name text, value bigint)
    returns uuid language sql immutable parallel safe
    return md5(code || chr(31) || name || chr(31) || value::text)::uuid;
