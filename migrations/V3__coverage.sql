-- What the files of an edition state, and the days on which what it says was seen.

alter table release
    add column coverage jsonb,
    add column observed jsonb not null default '{}';
comment on column release.coverage is 'What the files of the edition state: snapshot, links, linksAreSnapshot, measures, successions, uncoveredCodes. The rest was carried from the edition before. Null for an edition that is older than this column.';
comment on column release.observed is 'By part (concepts, measures, a referential that links lead to) the days on which lists showed it, the oldest first. A derived date that is one of them truly lies after the one before, and not after the day itself. A part with dates of its own has no days.';

-- A digest of days beside those of statements: what they tell is part of what an edition says.
create function observed_facts(observed jsonb)
    returns setof uuid language sql immutable parallel safe
    as $$ select md5('observed' || chr(31) || part.key || chr(31) || day)::uuid from jsonb_each(observed) as part, jsonb_array_elements_text(part.value) as day $$;

-- The digest of a release, from the facts of all that it states.
create function release_digest(facts uuid[])
    returns text language sql immutable parallel safe
    return (select encode(sha256(coalesce(string_agg(part, ''::bytea order by bucket), ''::bytea)), 'hex')
              from (select get_byte(uuid_send(fact), 0) as bucket, sha256(convert_to(string_agg(fact::text, ',' order by fact), 'UTF8')) as part
                      from unnest(facts) as fact group by 1) as parts);

-- Editions that are older than these columns: those of one pack were lists of their reference days, and what came in later over one of them
-- was a list as well. Where an edition was completed from cannot be told any more, so that fewer days are named rather than more.
update release r
   set observed = o.observed
  from (select p.release, jsonb_object_agg(p.part, p.days) as observed
          from (select d.release, d.part, jsonb_agg(distinct to_jsonb(l.reference_date)) as days
                  from (select r.id as release, 'concepts' as part from release r
                         where r.state = 'published' and exists (select from concept c where c.referential = r.referential and c.derived)
                        union all
                        select r.id, t.name from release r, referential t
                         where r.state = 'published' and exists (select from link k where k.referential = r.referential and k.derived and k.target_referential = t.id)) as d
                  join release r on r.id = d.release
                  join release l on l.referential = r.referential and l.position <= r.position
                   and (l.id = r.id or l.import in (select w.import from release w join import i on i.id = w.import
                                                     where w.referential = r.referential and w.edition = r.edition and i.format = 'pack'))
                 group by d.release, d.part) as p
         group by p.release) as o
 where o.release = r.id;

update release r
   set digest = release_digest(array(select fact from concept where referential = r.referential and releases @> r.position
                                     union all select fact from link where referential = r.referential and releases @> r.position
                                     union all select fact from succession where referential = r.referential and releases @> r.position
                                     union all select fact from measure where referential = r.referential and releases @> r.position
                                     union all select observed_facts(r.observed)))
 where r.state = 'published' and r.observed <> '{}';
