-- What a file lists for one day, whichever edition tells of that day; and the tables that came before the editions of their sides.

create table day_list (
    referential        smallint not null references referential,
    target_referential smallint not null references referential,
    day                date     not null,
    -- Whether a code without a link has none on the day, and every target in force on the day has one.
    whole              boolean  not null,
    import             bigint   not null references import,
    primary key (referential, target_referential, day)
);
comment on table day_list is 'A list of what all codes of a referential are linked to on a day: every edition from that day on says so of it.';

create table day_link (
    referential        smallint not null,
    target_referential smallint not null,
    day                date     not null,
    code               text     not null check (code <> ''),
    relation           text     not null check (relation in ('broader', 'related')),
    target             text     not null check (target <> ''),
    primary key (referential, target_referential, day, code, target),
    foreign key (referential, target_referential, day) references day_list on delete cascade
);
comment on table day_link is 'A line of such a list.';

create table waiting_correspondence (
    name               text   primary key,
    title_fr           text   not null,
    title_en           text   not null,
    publisher          text   not null,
    homepage           text,
    issued             date,
    source_referential text   not null,
    source_edition     text   not null,
    target_referential text   not null,
    target_edition     text   not null,
    sources            jsonb  not null,
    import             bigint not null references import
);
comment on table waiting_correspondence is 'A table that came with a list before the edition of its other side; it is published with that edition.';

create table waiting_association (
    name        text    not null references waiting_correspondence on delete cascade,
    line        integer not null,
    source_code text    not null,
    target_code text    not null,
    match       text    not null,
    share       numeric,
    basis       text,
    attributes  jsonb,
    primary key (name, line)
);
comment on table waiting_association is 'A line of such a table.';
