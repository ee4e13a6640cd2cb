-- What the files of an edition state, beside what the edition says after it was completed from the one before. Where an edition comes in
-- between, those after it are completed anew, so that what the registry says does not depend on the order of imports.

create type stated_concept as (code text, validity daterange, level text, derived boolean, label text, labels jsonb, attributes jsonb);
create type stated_link as (code text, relation text, target_referential text, target text, validity daterange, derived boolean);
create type stated_succession as (date date, code text, referential_after text, code_after text, kind text, type text, derived boolean);
create type stated_measure as (code text, name text, value bigint);

create table stated (
    id          bigint generated always as identity primary key,
    release     bigint not null references release,
    coverage    jsonb  not null,
    -- Whole, in one compressed value each: they are written once, and read only to complete the edition anew.
    concepts    stated_concept[],
    links       stated_link[],
    successions stated_succession[],
    measures    stated_measure[]
);
comment on table stated is 'What one import states of an edition that was completed from the edition before: several where they cover different parts, in the order of their ids. An edition without a row here stands for itself: its files state all of it, or it was completed from one that did.';
create index stated_release on stated (release);
