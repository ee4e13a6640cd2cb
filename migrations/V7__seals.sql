-- What the registry says about what was published: each row beside the statements has a seal, which the transaction that wrote the row leaves. A
-- row that was changed, added or removed by other means does not fit its seal. Statements have their facts, editions and tables their digests (V6).

create table seal (
    kind    text not null,
    id      text not null,
    -- What to call the row once it is gone.
    subject text not null,
    fact    uuid not null,
    primary key (kind, id)
);
comment on table seal is 'The fingerprint of a row as Pivot wrote it; the kind is the name of its table.';

-- Times and dates are written the same whatever the session is set to; a column that is null counts as if it were not there.
create function row_fact(kind text, line anyelement)
    returns uuid language sql stable parallel safe set timezone = 'UTC' set datestyle = 'ISO, YMD'
    as $$ select fact('row,' || quote_literal(kind) || coalesce((select string_agg(',' || quote_literal(key) || ',' || quote_literal(value::text), '' order by key collate "C")
                                                                   from jsonb_each(to_jsonb(line)) where value <> 'null'::jsonb), '')) $$;
comment on function row_fact(text, anyelement) is 'The fingerprint of a row: the names and the values of its columns.';

create function stated_fact(line stated)
    returns uuid language sql stable parallel safe set datestyle = 'ISO, YMD'
    return fact('stated,' || quote_literal(line.id::text) || ',' || quote_literal(line.release::text) || ',' || quote_literal(line.coverage::text)
        || ',' || quote_nullable(line.concepts::text) || ',' || quote_nullable(line.links::text)
        || ',' || quote_nullable(line.successions::text) || ',' || quote_nullable(line.measures::text));

-- The rows that have seals, as they are now, with the transaction that wrote each. A list of a day and a table that waits are sealed with their lines.
create view sealed as
    select 'referential' as kind, r.id::text as id, r.name as subject, row_fact('referential', r) as fact, r.xmin as written
      from referential r
    union all
    select 'level', l.referential || '/' || l.number, r.name || ' ' || l.name, row_fact('level', l), l.xmin
      from level l join referential r on r.id = l.referential
    union all
    select 'import', i.id::text, i.format || ' ' || i.id, row_fact('import', i), i.xmin
      from import i
    union all
    select 'import_file', f.import || '/' || f.number, f.name, row_fact('import_file', f), f.xmin
      from import_file f
    union all
    select 'release', l.id::text, r.name || '@' || l.edition, row_fact('release', l), l.xmin
      from release l join referential r on r.id = l.referential
    union all
    select 'publication', p.id::text, p.action || ' ' || coalesce(r.name || '@' || l.edition, c.name, ''), row_fact('publication', p), p.xmin
      from publication p left join release l on l.id = p.release left join referential r on r.id = l.referential
      left join correspondence c on c.id = p.correspondence
    union all
    select 'correspondence', c.id::text, c.name, row_fact('correspondence', c), c.xmin
      from correspondence c
    union all
    select 'stated', s.id::text, r.name || '@' || l.edition, stated_fact(s), s.xmin
      from stated s join release l on l.id = s.release join referential r on r.id = l.referential
    union all
    select 'day_list', d.referential || '/' || d.target_referential || '/' || (d.day - date '1970-01-01'),
           r.name || ' ' || t.name || ' ' || to_char(d.day, 'YYYY-MM-DD'),
           left(facts_digest(row_fact('day_list', d) || array(select row_fact('day_link', k) from day_link k
                                                          where k.referential = d.referential and k.target_referential = d.target_referential and k.day = d.day)), 32)::uuid, d.xmin
      from day_list d join referential r on r.id = d.referential join referential t on t.id = d.target_referential
    union all
    select 'waiting_correspondence', w.name, w.name,
           left(facts_digest(row_fact('waiting_correspondence', w) || array(select row_fact('waiting_association', a) from waiting_association a where a.name = w.name)), 32)::uuid, w.xmin
      from waiting_correspondence w;
comment on view sealed is 'The rows that have seals, as they are now.';

create function seal_written()
    returns void language sql
    as $$ insert into seal (kind, id, subject, fact)
          select kind, id, subject, fact from sealed where written = pg_current_xact_id()::xid
          on conflict (kind, id) do update set subject = excluded.subject, fact = excluded.fact $$;
comment on function seal_written() is 'Seals what this transaction wrote; comes last in it.';

-- Days that are no days any more, since somebody changed them, are digested as well, and do not keep anybody from telling it.
create or replace function observed_facts(observed jsonb)
    returns setof uuid language sql immutable parallel safe
    as $$ select fact('observed,' || quote_nullable(part.key) || ',' || quote_nullable(day))
            from jsonb_each(case jsonb_typeof(observed) when 'object' then observed else jsonb_build_object('', observed) end) as part,
                 jsonb_array_elements_text(case jsonb_typeof(part.value) when 'array' then part.value else jsonb_build_array(part.value) end) as day $$;

-- A registry that is older than its seals gets them from what it holds now: what was changed before cannot be told any more.
insert into seal (kind, id, subject, fact) select kind, id, subject, fact from sealed;
