-- Facts and digests that somebody can rely on: sha-256 over fields that cannot be taken for others. A field is written as an SQL literal, so that
-- null is not '' and a text that holds a comma is one field; the first one says what kind of statement it is. Nothing depends on the numbers of
-- a database, its collation or its settings.

create function fact(fields text)
    returns uuid language sql immutable parallel safe
    return encode(substring(sha256(convert_to(fields, 'UTF8')) from 1 for 16), 'hex')::uuid;
comment on function fact(text) is 'The fingerprint of fields in a row: the first sixteen bytes of their sha-256.';

create function validity_fields(validity daterange)
    returns text language sql immutable parallel safe
    return quote_nullable((lower(validity) - date '1970-01-01')::text) || ',' || quote_nullable((upper(validity) - date '1970-01-01')::text);

create or replace function concept_fact(code text, validity daterange, level text, derived boolean, label text, labels jsonb, attributes jsonb)
    returns uuid language sql immutable parallel safe
    return fact('concept,' || quote_nullable(code) || ',' || validity_fields(validity) || ',' || quote_nullable(level) || ',' || quote_nullable(derived::text)
        || ',' || quote_nullable(label) || ',' || quote_nullable(labels::text) || ',' || quote_nullable(attributes::text));

create or replace function link_fact(code text, relation text, target_referential text, target text, validity daterange, derived boolean)
    returns uuid language sql immutable parallel safe
    return fact('link,' || quote_nullable(code) || ',' || quote_nullable(relation) || ',' || quote_nullable(target_referential) || ',' || quote_nullable(target)
        || ',' || validity_fields(validity) || ',' || quote_nullable(derived::text));

create or replace function succession_fact(date date, code text, referential_after text, code_after text, kind text, type text, derived boolean)
    returns uuid language sql immutable parallel safe
    return fact('succession,' || quote_nullable((date - date '1970-01-01')::text) || ',' || quote_nullable(code) || ',' || quote_nullable(referential_after)
        || ',' || quote_nullable(code_after) || ',' || quote_nullable(kind) || ',' || quote_nullable(type) || ',' || quote_nullable(derived::text));

create or replace function measure_fact(code text, name text, value bigint)
    returns uuid language sql immutable parallel safe
    return fact('measure,' || quote_nullable(code) || ',' || quote_nullable(name) || ',' || quote_nullable(value::text));

create or replace function association_fact(source_code text, target_code text, match text, share numeric, basis text, attributes jsonb)
    returns uuid language sql immutable parallel safe
    return fact('association,' || quote_nullable(source_code) || ',' || quote_nullable(target_code) || ',' || quote_nullable(match)
        || ',' || quote_nullable(trim_scale(share)::text) || ',' || quote_nullable(basis) || ',' || quote_nullable(attributes::text));

create or replace function observed_facts(observed jsonb)
    returns setof uuid language sql immutable parallel safe
    as $$ select fact('observed,' || quote_nullable(part.key) || ',' || quote_nullable(day)) from jsonb_each(observed) as part, jsonb_array_elements_text(part.value) as day $$;

drop function release_digest(uuid[]);

-- By the first byte of the facts, since one text of all of them may be too long for a value.
create function facts_digest(facts uuid[])
    returns text language sql immutable parallel safe
    return (select encode(sha256(coalesce(string_agg(part, ''::bytea order by bucket), ''::bytea)), 'hex')
              from (select get_byte(uuid_send(fact), 0) as bucket, sha256(string_agg(uuid_send(fact), ''::bytea order by fact)) as part
                      from unnest(facts) as fact group by 1) as parts);
comment on function facts_digest(uuid[]) is 'The digest of statements in any order; one that stands twice counts twice.';

create function release_digest(concepts uuid[], links uuid[], successions uuid[], measures uuid[], observed jsonb)
    returns text language sql immutable parallel safe
    return facts_digest(concepts || links || successions || measures || array(select observed_facts(observed)));
comment on function release_digest(uuid[], uuid[], uuid[], uuid[], jsonb) is 'The digest of a release: all that it states, and the days on which its lists were seen.';

create function release_digest(published release)
    returns text language sql stable parallel safe
    return release_digest(
        array(select fact from concept where referential = published.referential and releases @> published.position),
        array(select fact from link where referential = published.referential and releases @> published.position),
        array(select fact from succession where referential = published.referential and releases @> published.position),
        array(select fact from measure where referential = published.referential and releases @> published.position),
        published.observed);
comment on function release_digest(release) is 'The digest of a published release, of what the registry holds of it now.';

create function correspondence_digest(published correspondence)
    returns text language sql stable parallel safe
    return facts_digest(array(select association_fact(source_code, target_code, match, share, basis, attributes)
                                from association where correspondence = published.id));
comment on function correspondence_digest(correspondence) is 'The digest of a published correspondence, of the lines that the registry holds of it now.';

-- What is there already. Superseded releases keep the digests under which they were published: what they stated is no longer there to be digested.
update concept c set fact = concept_fact(c.code, c.validity, l.name, c.derived, c.label, c.labels, c.attributes)
  from level l where l.referential = c.referential and l.number = c.level;
update link k set fact = link_fact(k.code, k.relation, t.name, k.target, k.validity, k.derived)
  from referential t where t.id = k.target_referential;
update succession s set fact = succession_fact(s.date, s.code, a.name, s.code_after, s.kind, s.type, s.derived)
  from referential a where a.id = s.referential_after;
update measure set fact = measure_fact(code, name, value);
update release r set digest = release_digest(r) where r.state = 'published';
update correspondence c set digest = correspondence_digest(c) where c.state = 'published';
