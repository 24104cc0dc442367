-- Functions and operators on values, many to a statement.
-- case 7 2 7 2 7 3 7 3 7
SELECT 7 / 2, -7 / 2, 7 % 3, -7 % 3, 7 / 2.0, 7.0 / 2, 2 ^ 3, 5 # 3, 5 & 3, 5 | 3, ~5, 1 << 3, 16 >> 2, |/ 16, @ -5;

-- case 1 0
SELECT 1 / 0;

-- case 1 0 0
SELECT 1.0 / 0;

-- case 1 float8 0
SELECT 1::float8 / 0;

-- case 2147483647 1
SELECT 2147483647 + 1;

-- case 9223372036854775807 1
SELECT 9223372036854775807 + 1;

-- case 32767 smallint 1 smallint
SELECT 32767::smallint + 1::smallint;

-- case 2147483647 bigint 1 3000000000 1e10 12345678901234567890
SELECT 2147483647::bigint + 1, 3000000000, 1e10, 12345678901234567890;

-- case round 2 5 round 2 5 round 2 5
SELECT round(2.5), round(-2.5), round(2.5::float8), round(3.5::float8), round(1.2345, 2), round(1234.5, -2), trunc(2.9), trunc(-2.9), trunc(1.999, 2), ceil(1.1), floor(-1.1), ceiling(2.0), sign(-3), abs(-3.5);

-- case 1 10 2 20 1 10 2 20 1
SELECT 1.10 + 2.20, 1.10 * 2.20, 1 / 3.0, 10.0 / 3, 1.5::numeric(3,1), 100::numeric(5,2), 1.005::numeric(4,2), (1/3.0)::numeric(10,4);

-- case 12345 678 numeric 5 2
SELECT 12345.678::numeric(5,2);

-- case 12 50 numeric 1e3 numeric 42 int 0x1f int
SELECT '12.50'::numeric, '1e3'::numeric, ' 42 '::int, '0x1F'::int, '1_000'::int, 1_000_000, 0xFF, 0b101, 0o17;

-- case abc int
SELECT 'abc'::int;

-- case 12 5 int
SELECT '12.5'::int;

-- case 12 5 int 13 5 int 12 5 int
SELECT 12.5::int, 13.5::int, -12.5::int, 12.5::float8::int, 13.5::float8::int;

-- case mod 10 3 mod 10 3 div 10 3
SELECT mod(10, 3), mod(-10, 3), div(10, 3), gcd(12, 18), lcm(4, 6), power(2, 10), sqrt(2), cbrt(8), exp(0), ln(1), log(100), log(2, 8), factorial(5), pi(), degrees(pi()), radians(180);

-- case width_bucket 5 3 0 10 5 scale 1 230
SELECT width_bucket(5.3, 0, 10, 5), scale(1.230), trim_scale(1.230), min_scale(1.230), to_hex(255), to_bin(5), to_oct(8);

-- case 0 1 0 2 0 1 float8 0 2
SELECT 0.1 + 0.2, 0.1::float8 + 0.2::float8, 1e-7::float8, 1e15::float8, 1e16::float8, 123456789.123::real, 1.0::float8, 'NaN'::float8, '-Infinity'::float8;

-- case true int 1 boolean 0 boolean yes boolean off
SELECT true::int, 1::boolean, 0::boolean, 'yes'::boolean, 'off'::boolean, 't'::boolean;

-- case maybe boolean
SELECT 'maybe'::boolean;

-- case length h llo char_length abc octet_length h bit_length a
SELECT length('héllo'), char_length('abc'), octet_length('hé'), bit_length('a'), upper('abc'), lower('ABC'), initcap('hello world');

-- case substring hello from 2 for 3 substring hello 2
SELECT substring('hello' FROM 2 FOR 3), substring('hello', 2), substr('hello', -1, 3), left('hello', 2), right('hello', 2), left('hello', -2), right('hello', -2), substring('foobar' FROM 'o(.)b'), substring('foobar' SIMILAR '%#"o_b#"%' ESCAPE '#');

-- case position l in hello strpos hello z replace hello
SELECT position('l' IN 'hello'), strpos('hello', 'z'), replace('hello', 'l', 'L'), translate('hello', 'el', 'ip'), overlay('hello' PLACING 'XX' FROM 2 FOR 3), reverse('abc'), repeat('ab', 3);

-- case trim x ltrim xxabc x rtrim abcxx x btrim
SELECT trim('  x '), ltrim('xxabc', 'x'), rtrim('abcxx', 'x'), btrim('xxaxx', 'x'), trim(BOTH 'x' FROM 'xax'), trim(LEADING FROM '  a'), trim('x' FROM 'xax'), lpad('5', 3, '0'), rpad('a', 3, 'xy'), lpad('hello', 3);

-- case split_part a b c 2 split_part a b c
SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', -1), string_to_array('a,b,,c', ','), string_to_array('a,b,NULL', ',', 'NULL'), array_to_string(ARRAY[1,NULL,3], ',', '*'), concat('a', NULL, 1, true), concat_ws('-', 'a', NULL, 'b'), format('Hello %s, %I, %L, %%', 'W', 'Col x', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('|%10s|%-10s|', 'a', 'b');

-- case ascii a chr 65 md5 a encode abc hex
SELECT ascii('A'), chr(65), md5('a'), encode('abc', 'hex'), encode('abc', 'base64'), decode('616263', 'hex'), quote_literal('it''s'), quote_ident('a b'), quote_nullable(NULL), starts_with('hello', 'he'), 'hello' ^@ 'he', sha256('abc');

-- case regexp_replace hello world o 0 regexp_replace hello world
SELECT regexp_replace('hello world', 'o', '0'), regexp_replace('hello world', 'o', '0', 'g'), regexp_replace('abc', '(a)(b)', '\2\1'), regexp_matches('foobarbaz', 'b(.)(.)', 'g'), regexp_split_to_array('a1b2c', '\d'), regexp_match('abc', 'b(.)'), regexp_count('banana', 'a'), regexp_instr('banana', 'n'), regexp_substr('banana', 'n.'), regexp_like('Abc', 'abc', 'i');

-- case from regexp_split_to_table a b c as x
SELECT * FROM regexp_split_to_table('a b c', ' ') AS x;

-- case from string_to_table a b
SELECT * FROM string_to_table('a,b', ',');

-- case abc b abc b abc x abc like b
SELECT 'abc' ~ 'b', 'abc' ~* 'B', 'abc' !~ 'x', 'abc' LIKE '%b%', 'abc' NOT LIKE 'a_c', 'a%c' LIKE 'a\%c', 'a%c' LIKE 'a#%c' ESCAPE '#', 'ABC' ILIKE 'abc', 'abc' SIMILAR TO '%(b|d)%', 'abc' ~~ 'a%';

-- case e a nb a b dollar q it s
SELECT E'a\nb', 'a''b', $$dollar$$, $q$it's$q$, U&'\0041', 'a' 'b';

-- case foo like any array f g foo like all
SELECT 'foo' LIKE ANY (ARRAY['f%', 'g%']), 'foo' LIKE ALL (ARRAY['f%', '%o']), 'x' NOT LIKE ALL (ARRAY['a%']);

-- case date 2024 02 29 1 date 2024 03 01
SELECT date '2024-02-29' + 1, date '2024-03-01' - date '2024-02-01', date '2024-01-31' + interval '1 month', timestamp '2024-01-01 10:00' + interval '1 day 2 hours', now() - now(), date '2024-01-01' - 7;

-- case extract year from date 2024 02 29 extract dow
SELECT extract(year FROM date '2024-02-29'), extract(dow FROM date '2024-02-29'), extract(isodow FROM date '2024-03-03'), extract(doy FROM date '2024-12-31'), extract(week FROM date '2024-12-31'), extract(quarter FROM date '2024-05-01'), extract(epoch FROM timestamp '2024-01-01'), extract(hour FROM timestamp '2024-01-01 13:30'), extract(epoch FROM interval '1 day'), date_part('month', date '2024-05-01'), extract(century FROM date '2024-01-01'), extract(milliseconds FROM time '10:00:01.5');

-- case date_trunc hour timestamp 2024 01 01 13 45 10
SELECT date_trunc('hour', timestamp '2024-01-01 13:45:10'), date_trunc('week', date '2024-02-29'), date_trunc('quarter', timestamp '2024-05-05'), date_trunc('day', timestamptz '2024-01-01 23:30:00+02'), date_trunc('day', timestamptz '2024-01-01 23:30:00+02', 'America/New_York'), date_bin('15 minutes', timestamp '2024-01-01 10:22', timestamp '2000-01-01');

-- case age timestamp 2024 03 01 timestamp 2023 01 15
SELECT age(timestamp '2024-03-01', timestamp '2023-01-15'), age(date '2024-01-01', date '2000-02-29'), interval '1 year 2 months' * 2, interval '1 day' / 2, interval '90 minutes', interval '1' day, interval '1-2' year to month, justify_hours(interval '30 hours'), justify_days(interval '40 days'), justify_interval(interval '1 mon -1 hour'), make_interval(days => 3, hours => 2), make_date(2024, 2, 29), make_time(10, 20, 30.5), make_timestamp(2024, 1, 2, 3, 4, 5.5);

-- case timestamp 2024 01 01 12 00 at time zone
SELECT timestamp '2024-01-01 12:00' AT TIME ZONE 'America/New_York', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-07-01 12:00+02', '2024-07-01 12:00'::timestamptz, timestamp '2024-01-01 12:00' AT TIME ZONE 'UTC', timezone('Asia/Tokyo', timestamptz '2024-01-01 00:00+00'), timestamptz '2024-01-01 12:00 America/New_York';

-- case to_char timestamp 2024 02 09 15 04 05 678
SELECT to_char(timestamp '2024-02-09 15:04:05.678', 'YYYY-MM-DD HH24:MI:SS.MS'), to_char(date '2024-02-09', 'Day, DD Month YYYY'), to_char(date '2024-02-09', 'FMDay, FMDD FMMonth YYYY'), to_char(timestamp '2024-02-09 15:04:05', 'HH12:MI AM'), to_char(date '2024-02-09', 'Dy DDth Mon YY, Q, WW, IW, DDD, J'), to_char(interval '1 day 02:03:04', 'DD HH24:MI:SS'), to_char(timestamp '2024-02-09', 'YYYY"year"'), to_char(timestamptz '2024-01-01 00:00+00', 'TZ OF');

-- case to_char 1234567 891 9 999 999 99 to_char 12
SELECT to_char(1234567.891, '9,999,999.99'), to_char(12, '0000'), to_char(-5, '999'), to_char(0.5, 'FM0.00'), to_char(1234.5, 'FM999999.00'), to_char(12, 'FM999'), to_char(485, 'RN'), to_char(1.5, '9.9EEEE'), to_char(-12, '999PR'), to_char(12, 'S999'), to_char(1234, 'L9,999'), to_char(5, '9th');

-- case to_date 2024 02 09 yyyy mm dd to_date 09
SELECT to_date('2024-02-09', 'YYYY-MM-DD'), to_date('09 Feb 2024', 'DD Mon YYYY'), to_timestamp('2024-02-09 15:04', 'YYYY-MM-DD HH24:MI'), to_timestamp(0), to_number('1,234.5', '9,999.9'), to_timestamp(1700000000.5);

-- case 2024 02 30 date
SELECT '2024-02-30'::date;

-- case not a date date
SELECT 'not a date'::date;

-- case 2024 13 01 timestamp
SELECT '2024-13-01'::timestamp;

-- case jan 5 2024 date 20240105 date 5 january 2024
SELECT 'Jan 5, 2024'::date, '20240105'::date, '5 January 2024'::date, '2024-01-05T10:20:30Z'::timestamptz, '01/05/2024'::date, '2024.01.05'::date, '2024-W01-1'::text, '10:20'::time, '10:20:30.123456789'::time, '2024-01-05 10:20:30.9999999'::timestamp;

-- case current_date now date current_timestamp now localtimestamp
SELECT current_date = now()::date, current_timestamp = now(), localtimestamp = now()::timestamp, clock_timestamp() >= now(), current_time IS NOT NULL;

-- case date 2024 01 01 date 2024 02 01 overlaps
SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01'), (date '2024-01-01', interval '1 day') OVERLAPS (date '2024-01-02', interval '1 day');

-- case timestamp 2024 01 01 date 2024 01 02 date
SELECT timestamp '2024-01-01' < date '2024-01-02', date '2024-01-01' = timestamp '2024-01-01', isfinite(date '2024-01-01'), '2024-01-01'::date::timestamp, '2024-01-01 10:20'::timestamp::date, '2024-01-01 10:20'::timestamp::time, date '2024-01-01' + time '10:20';

-- case interval 1 day interval 24 hours interval 1 month
SELECT interval '1 day' = interval '24 hours', interval '1 month' = interval '30 days', interval '2 days' > interval '47 hours', '1 week'::interval, 'P1Y2M3DT4H5M6S'::interval, '-1 day'::interval, '1 day ago'::interval, extract(day FROM interval '40 days 5 hours'), interval '1.5 days', interval '1 month' + interval '1 day', -interval '1 hour', 3 * interval '1 second', interval '1.234567 seconds';

-- case 1 2 3 int a b c null text
SELECT '{1,2,3}'::int[], '{"a b",c,NULL}'::text[], ARRAY['a','b']::text, ARRAY[1,2] = ARRAY[1,2], ARRAY[1,2] < ARRAY[1,3], ARRAY[]::int[], array_agg(x) FROM unnest(ARRAY[3,1,2]) x;

-- case a b 1 2 jsonb a b 1 a
SELECT '{"a":{"b":[1,2]}}'::jsonb -> 'a' -> 'b' -> 1, '{"a":{"b":[1,2]}}'::jsonb #> '{a,b,0}', '{"a":{"b":[1,2]}}'::jsonb #>> '{a,b}', '{"a":1}'::jsonb ->> 'a', '[1,2,3]'::jsonb -> -1, '{"a":1}'::jsonb ? 'a', '{"a":1,"b":2}'::jsonb ?| ARRAY['a','z'], '{"a":1,"b":2}'::jsonb ?& ARRAY['a','z'], '{"a":1,"b":2}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb || '{"b":2}', '{"a":1,"b":2}'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '{"a":{"b":1}}'::jsonb #- '{a,b}';

-- case jsonb_set a 1 b 2 jsonb_insert a 1 2
SELECT jsonb_set('{"a":1}', '{b}', '2'), jsonb_insert('{"a":[1,2]}', '{a,1}', '9'), jsonb_strip_nulls('{"a":null,"b":1}'), jsonb_pretty('{"a":1}'), jsonb_typeof('[1]'), jsonb_array_length('[1,2]'), to_jsonb('x'::text), jsonb_build_object('a', 1, 'b', NULL), jsonb_build_array(1, 'a', true), jsonb_object('{a,1,b,2}'), json_build_array(1, 2), to_json(1.50), json_typeof('{}'), jsonb_extract_path_text('{"a":{"b":"c"}}', 'a', 'b');

-- case from jsonb_each a 1 b x
SELECT * FROM jsonb_each('{"a":1,"b":"x"}');

-- case from jsonb_each_text a 1 b x as t k
SELECT * FROM jsonb_each_text('{"a":1,"b":"x"}') AS t(k, v);

-- case from jsonb_array_elements 1 a null with ordinality
SELECT * FROM jsonb_array_elements('[1,"a",null]') WITH ORDINALITY;

-- case value from json_array_elements_text a b
SELECT value FROM json_array_elements_text('["a","b"]');

-- case jsonb_object_keys a 1 b 2
SELECT jsonb_object_keys('{"a":1,"b":2}');

-- case from json_to_recordset a 1 b x as t a
SELECT * FROM json_to_recordset('[{"a":1,"b":"x"}]') AS t(a int, b text);

-- case from jsonb_to_record a 1 b x as t a
SELECT * FROM jsonb_to_record('{"a":1,"b":"x"}') AS t(a int, b text);

-- case bad json
SELECT '{bad}'::json;

-- case price 12 5 jsonb price numeric 2 n 3
SELECT ('{"price": 12.5}'::jsonb ->> 'price')::numeric * 2, ('{"n": 3}'::jsonb -> 'n')::int + 1, ('{"b": true}'::jsonb -> 'b')::boolean;

-- case jsonb_path_query a 1 2 3 a 1
SELECT jsonb_path_query('{"a":[1,2,3]}', '$.a[*] ? (@ > 1)');

-- case a 1 2 jsonb a 1 jsonb_path_exists a 1
SELECT '{"a":[1,2]}'::jsonb @? '$.a[*] ? (@ > 1)', jsonb_path_exists('{"a":1}', '$.a'), jsonb_path_query_array('[1,2,3]', '$[*] ? (@ >= 2)'), jsonb_path_query_first('[1,2]', '$[1]');

-- case a 1 jsonb a 1 2 jsonb 0
SELECT '{"a":1}'::jsonb['a'], ('[1,2]'::jsonb)[0];

-- case nope uuid
SELECT 'nope'::uuid;

-- case num_nulls 1 null num_nonnulls 1 null 1 is null
SELECT num_nulls(1, NULL), num_nonnulls(1, NULL), 1 IS NULL, NULL IS NULL, NULL = NULL, NULL IS NOT DISTINCT FROM NULL, NOT NULL, NULL AND false, NULL OR true, (NULL::boolean) IS UNKNOWN;

-- case xdeadbeef bytea length xdead bytea x01 bytea x02 bytea
SELECT '\xdeadbeef'::bytea, length('\xdead'::bytea), '\x01'::bytea || '\x02'::bytea, get_byte('\x0a0b', 1), substring('\x010203'::bytea FROM 2 FOR 1), encode('\x01ff', 'hex'), 'abc'::bytea, convert_from('\x616263', 'UTF8'), convert_to('é', 'UTF8'), E'\\001'::bytea;

-- case a b a b z a z a a
SELECT 'a' < 'B', 'a' < 'b', 'Z' < 'a', 'ä' > 'z', 'a ' = 'a', '' IS NULL, 'abc' > 'ab';

-- case cast 5 as integer cast 5 as varchar int
SELECT cast('5' AS integer), cast(5 AS varchar), int '5', numeric '1.5', boolean 'true', text 'x', integer[] '{1}', float8 '1.5', cast('2024-01-01' AS date), '5'::integer::text::varchar(1), 1::oid, 'x'::name, 65::"char";
