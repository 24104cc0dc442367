-- One column of each type, in calculations, casts and aggregates.
-- use types
-- case id i2 i4 i4 i8 n 2 n2 3
SELECT id, i2 + i4, i4 + i8, n * 2, n2 / 3, f4 * 2, f8 + 1, t || v FROM things WHERE id = 1;

-- case id d 1 tm interval 1 hour ts interval
SELECT id, d + 1, tm + interval '1 hour', ts - interval '1 day', tz + interval '1 hour', iv * 2 FROM things WHERE id = 1;

-- case id d text tm text ts text tz text | ordered
SELECT id, d::text, tm::text, ts::text, tz::text, iv::text, u::text, j::text, y::text, ia::text, ta::text, b::text, n::text, f4::text, f8::text FROM things ORDER BY id;

-- case extract epoch from tz extract epoch from iv to_char
SELECT extract(epoch FROM tz), extract(epoch FROM iv), to_char(ts, 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(tm::interval, 'HH24:MI'), to_char(iv, 'YY-MM-DD HH24') FROM things WHERE id = 1;

-- case id b int i2 text i4 float8 n int
SELECT id, b::int, i2::text, i4::float8, n::int FROM things WHERE id IN (1, 4);

-- case n2 int n2 numeric 5 1 f8 numeric f8
SELECT n2::int, n2::numeric(5,1), f8::numeric, f8::int, f4::float8, i8::numeric(30,2) FROM things WHERE id = 1;

-- case i8 int from things where id 3
SELECT i8::int FROM things WHERE id = 3;

-- case f4 int from things where id 3
SELECT f4::int FROM things WHERE id = 3;

-- case f8 int from things where id 3
SELECT f8::int FROM things WHERE id = 3;

-- case j b 2 j c j c d j
SELECT j -> 'b' -> 2, j ->> 'c', j #>> '{c,d}', j ? 'a', jsonb_typeof(j), j - 'a', j || '{"z":1}' FROM things WHERE id = 1;

-- case id jsonb_typeof j jsonb_array_length case when jsonb_typeof | ordered
SELECT id, jsonb_typeof(j), jsonb_array_length(CASE WHEN jsonb_typeof(j) = 'array' THEN j END) FROM things ORDER BY id;

-- case ia 1 ia 2 3 array_length ia 1 2
SELECT ia[1], ia[2:3], array_length(ia, 1), 2 = ANY(ia), ia || 4, ta[3], array_to_string(ta, '/') FROM things WHERE id = 1;

-- case id from things where d 2000 01 01 order | ordered
SELECT id FROM things WHERE d > '2000-01-01' ORDER BY d;

-- case id from things where tz at time zone utc
SELECT id FROM things WHERE tz AT TIME ZONE 'UTC' < '2000-01-01';

-- case id from things where u 0b5c7d9e 1a2b 4c3d 8e4f
SELECT id FROM things WHERE u = '0b5c7d9e-1a2b-4c3d-8e4f-5a6b7c8d9e0f';

-- case sum i2 sum i4 sum i8 sum n sum
SELECT sum(i2), sum(i4), sum(i8), sum(n), sum(f4), sum(f8), avg(i2), avg(n2), avg(f8) FROM things WHERE id < 3;

-- case b count from things group by b order by | ordered
SELECT b, count(*) FROM things GROUP BY b ORDER BY b NULLS FIRST;

-- case id coalesce t null coalesce n 0 coalesce d | ordered
SELECT id, coalesce(t, 'null'), coalesce(n, 0), coalesce(d, '2000-01-01'), coalesce(j, '{}'), coalesce(ia, '{}') FROM things ORDER BY id;

-- case id greatest i2 i4 i8 least f4 f8 greatest | ordered
SELECT id, greatest(i2, i4, i8), least(f4, f8), greatest(t, v) FROM things ORDER BY id;

-- case length t octet_length t upper t left t 3 | ordered
SELECT length(t), octet_length(t), upper(t), left(t, 3), reverse(t), md5(t), t LIKE '%e%', t ~ '^[A-Z]' FROM things ORDER BY id;

-- case encode y hex length y get_byte y 1 substring
SELECT encode(y, 'hex'), length(y), get_byte(y, 1), substring(y from 2) FROM things WHERE id = 1;

-- case to_jsonb t iv from things t where id 1
SELECT to_jsonb(t.*) - 'iv' FROM things t WHERE id = 1;

-- case row_to_json x jsonb from select id d ts tz
SELECT row_to_json(x)::jsonb FROM (SELECT id, d, ts, tz, n, f8, u, ia, ta, j, iv, b FROM things WHERE id < 3 ORDER BY id) x;

-- case date_trunc hour ts date_trunc day tz date_trunc minute tm
SELECT date_trunc('hour', ts), date_trunc('day', tz), date_trunc('minute', tm::interval), date_part('dow', d), age(ts, '2020-01-01'), d - date '2020-01-01' FROM things WHERE id = 1;

-- case tz date tz time ts timestamptz d timestamptz ts
SELECT tz::date, tz::time, ts::timestamptz, d::timestamptz, ts::date FROM things WHERE id = 1;

-- case id i4 nullif i2 0 i4 7 abs n
SELECT id, i4 / nullif(i2, 0), i4 % 7, abs(n), sign(f8), round(n2, 1), ceil(n2), floor(f8) FROM things WHERE id IN (1, 2);

-- case i4 2 from things where id 3
SELECT i4 * 2 FROM things WHERE id = 3;

-- case i2 2 smallint from things where id 3
SELECT i2 * 2::smallint FROM things WHERE id = 3;

-- case i8 from things where id 2
SELECT -i8 FROM things WHERE id = 2;

-- case count from things where f8 nan or f4 infinity
SELECT count(*) FROM things WHERE f8 = 'NaN' OR f4 = 'Infinity';

-- case id from things order by f8 desc nulls last | ordered
SELECT id FROM things ORDER BY f8 DESC NULLS LAST;

-- case id from things order by t collate c id | ordered
SELECT id FROM things ORDER BY t COLLATE "C", id;

-- case v v varchar 2 v length v from things | ordered
SELECT v, v::varchar(2), v || '!', length(v) FROM things ORDER BY id;

-- case distinct b b is true b is not false
SELECT DISTINCT b, b IS TRUE, b IS NOT FALSE FROM things;

-- case string_agg t order by id string_agg v null order
SELECT string_agg(t, ',' ORDER BY id), string_agg(v, NULL ORDER BY id), array_agg(b ORDER BY id), jsonb_agg(i4 ORDER BY id), jsonb_object_agg(id, t) FROM things;

-- case x id y id from things x join things | ordered
SELECT x.id, y.id FROM things x JOIN things y ON x.i4 < y.i4 ORDER BY 1, 2;

-- case x id from things x where x n select
SELECT x.id FROM things x WHERE x.n = (SELECT max(n) FROM things);

-- case id lag d over order by d d lag | ordered
SELECT id, lag(d) OVER (ORDER BY d), d - lag(d) OVER (ORDER BY d) FROM things WHERE d IS NOT NULL ORDER BY d;

-- case id sum i8 over order by id count t | ordered
SELECT id, sum(i8) OVER (ORDER BY id), count(t) OVER (), first_value(u) OVER (ORDER BY u NULLS LAST) FROM things ORDER BY id;

-- case cast t as varchar 3 cast n as text
SELECT cast(t AS varchar(3)), cast(n AS text), cast('{"a":1}' AS jsonb) FROM things WHERE id = 1;

-- case ts text to_char n fm999990 00 coalesce b text | ordered
SELECT ts::text || '|' || to_char(n, 'FM999990.00') || '|' || coalesce(b::text, '?') FROM things ORDER BY id;

-- case 2024 02 29 13 45 10 25 timestamp 0
SELECT '2024-02-29 13:45:10.25'::timestamp(0), '13:45:10.567'::time(1), '2024-01-01 10:00:00.123456+00'::timestamptz(3), '1.23456 s'::interval(2);

-- case localtimestamp 0 is not null current_time 0 is not
SELECT localtimestamp(0) IS NOT NULL, current_time(0) IS NOT NULL, now()::timestamp(0) <= now() + interval '1 s';

-- case extract hour from tm extract minute from ts extract
SELECT extract(hour FROM tm), extract(minute FROM ts), extract(second FROM ts), extract(century FROM d), extract(timezone_hour FROM tz), extract(week FROM d) FROM things WHERE id = 1;

-- case a text collate c b z a z lower
SELECT 'a'::text COLLATE "C" < 'B', 'Z' > 'a', 'é' > 'z', lower('ÉA'), upper('ß'), 'ﬁ' ILIKE 'FI', 'İ' ILIKE 'i';

-- case 1 where null 2 where not null
SELECT 1 WHERE NULL, 2 WHERE NOT NULL;

-- case 1 where null
SELECT 1 WHERE NULL;

-- case from things where id null
SELECT * FROM things WHERE id = NULL;

-- case nullif is null null null is null null 1
SELECT nullif('', '') IS NULL, '' = '', NULL = NULL IS NULL, NULL <> 1 IS NULL, (NULL = NULL) IS NOT TRUE;

-- case from things where i4 between 100 and 1
SELECT * FROM things WHERE i4 BETWEEN 100 AND 1;

-- case id from things where t in hello and v | ordered
SELECT id FROM things WHERE t IN ('hello', '') AND v NOT IN ('x', 'y') ORDER BY 1;

-- case id from things where i2 t 1 hello or
SELECT id FROM things WHERE (i2, t) = (1, 'hello') OR (b, id) IN ((false, 2), (true, 9));

-- case sum x filter where x 2 0 count filter
SELECT sum(x) FILTER (WHERE x % 2 = 0), count(*) FILTER (WHERE x > 3), avg(x) FILTER (WHERE false) FROM generate_series(1, 6) x;

-- case x 2 x 2 x 2 0 x 2
SELECT x / 2, x % 2, x / 2.0, (x / 2.0)::numeric(4,1), x::float8 / 3, round(x::numeric / 3, 2) FROM generate_series(-3, 3) x;

-- case current_timestamp 0 is not null localtimestamp 3 localtimestamp
SELECT current_timestamp(0) IS NOT NULL, localtimestamp(3) <= localtimestamp + interval '1 s', localtime(1) IS NOT NULL, current_time(0) IS NOT NULL;

-- case to_jsonb t iv from things t where id 1 (2)
SELECT to_jsonb(t.*) - 'iv' FROM things t WHERE id = 1;

-- case current_timestamp 0 current_timestamp 0 interval 1 s as x
SELECT current_timestamp(0) - current_timestamp(0) < interval '1 s' AS x;

-- case current_date 1
SELECT current_date(1);

-- case current_user 1
SELECT current_user(1);
