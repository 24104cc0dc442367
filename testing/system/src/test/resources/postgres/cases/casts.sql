-- use types
-- case literal takes the type of its partner
SELECT id FROM things WHERE i8 = '100' AND n = '1.5' AND d = '2024-02-29' AND b = 'true';
-- case literal in arithmetic
SELECT '5' + 1, '2.5' * 2.0, date '2024-01-02' - '2024-01-01';
-- case literal bad in arithmetic
SELECT '2.5' + 1;
-- case two unknown literals compare as text
SELECT '10' < '9', '1' = '1.0';
-- case two unknown literals add
SELECT '1' + '2';
-- case unknown literal in a select is text
SELECT 'abc' AS x, pg_typeof('abc')::text;
-- case cast chain
SELECT '12'::int::text::numeric::float8;
-- case cast function style
SELECT int4('7'), text(5), float8(1), date('2024-01-01');
-- case type name style
SELECT integer '5', numeric '1.5', bool 'yes', text 'x', uuid '00000000-0000-0000-0000-000000000001', jsonb '[1]';
-- case implicit int to numeric in functions
SELECT round(5, 1), sqrt(16), mod(10, 3.5), power(2, 10);
-- case implicit cast fails for text to int column
SELECT id FROM things WHERE t = 5;
-- case cast of text column to int fails on data
SELECT t::int FROM things WHERE id = 1;
-- case cast null of any type
SELECT CAST(NULL AS int), CAST(NULL AS text), NULL::jsonb, NULL::int[], NULL::interval;
-- case cast date to text and back
SELECT (d::text)::date = d, (ts::text)::timestamp = ts, (iv::text)::interval = iv, (u::text)::uuid = u, (j::text)::jsonb = j, (y::text)::bytea = y, (ia::text)::int[] = ia FROM things;
-- case cast timestamp to date compare
SELECT id FROM things WHERE ts::date = d;
-- case cast bigint to date is refused
SELECT 5::bigint::date;
-- case cast boolean to float is refused
SELECT true::float8;
-- case cast int to uuid is refused
SELECT 5::uuid;
-- case cast date to integer is refused
SELECT date '2024-01-01'::int;
-- case cast json to date is refused
SELECT '"2024-01-01"'::jsonb::date;
-- case cast to unknown type
SELECT 1::nonsense;
-- case varchar without length
SELECT 'abc'::varchar, CAST('abc' AS character varying), CAST('abcdef' AS character varying(2));
-- case time to interval and back
SELECT '10:30'::time::interval, '1 day 10:30'::interval::time;
-- case numeric to text in concat
SELECT 'v' || 1.0 || 2::smallint || 3::bigint || 1.5::float8 || 0.25::real;
-- case union of literal and column
SELECT '7' UNION SELECT i4 FROM things WHERE id = 1;
-- case case of literal and column
SELECT CASE WHEN id = 1 THEN '7' ELSE i4 END FROM things;
-- case in list of literals for a date
SELECT id FROM things WHERE d IN ('2024-02-29', '0001-01-01');
-- case between literals for a timestamp
SELECT id FROM things WHERE ts BETWEEN '1999-01-01' AND '2024-12-31 23:59';
-- case coalesce of literal and number
SELECT coalesce(i4, '0') FROM things;
-- case greatest with literals
SELECT greatest('2', 10), greatest('2', '10');
-- case comparison of text and varchar
SELECT t = v, v = 'world', v > 'w' FROM things WHERE id = 1;
-- case int compared to decimal literal
SELECT id FROM things WHERE i4 > 9.5;
-- case float compared to decimal literal
SELECT 0.1::float8 = 0.1, 0.1::real = 0.1;
-- case bigint column with int literal
SELECT id FROM things WHERE i8 = 100;
-- case smallint column with int literal
SELECT id FROM things WHERE i2 = 1;
-- case smallint column with large literal
SELECT id FROM things WHERE i2 < 100000;
-- case numeric column with float literal
SELECT id FROM things WHERE n > 1e-3;
-- case integer overflow in literal comparison
SELECT id FROM things WHERE i4 = 3000000000;
-- case hex of bytea cast
SELECT 'abc'::bytea, 'abc'::text::bytea;
-- case boolean expression cast to text
SELECT (1 = 1)::text, (NULL::boolean)::text;
-- case char to int code
SELECT 'a'::"char", 5::text::varchar(1);
-- case interval to text and seconds
SELECT extract(epoch FROM '90 minutes'::interval)::int;
-- case oid style casts of table names are not needed
SELECT 'things'::regclass::text;
