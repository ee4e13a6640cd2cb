-- Published correspondences: what they say of themselves, and their own place among the publications.

alter table correspondence
    -- The digest of its lines: equal lines, equal digest, in every database.
    add column digest       text    not null check (digest ~ '^[0-9a-f]{64}$'),
    add column associations integer not null check (associations >= 0),
    add column sources      jsonb   not null default '[]',
    add column ended_at     timestamptz,
    add constraint correspondence_ended check ((state = 'published') = (ended_at is null));
comment on column correspondence.source is 'The release of that referential and edition when it was published; one that supersedes it takes its place.';

alter table publication
    alter column referential drop not null,
    alter column release drop not null,
    add column correspondence bigint references correspondence,
    add constraint publication_of_one_thing check (num_nonnulls(release, correspondence) = 1 and num_nonnulls(referential, correspondence) = 1);

create function association_fact(source_code text, target_code text, match text, share numeric, basis text, attributes jsonb)
    returns uuid language sql immutable parallel safe
    return md5(source_code || chr(31) || target_code || chr(31) || match || chr(31) || coalesce(trim_scale(share)::text, '') || chr(31)
        || coalesce(basis, '') || chr(31) || coalesce(attributes::text, ''))::uuid;
