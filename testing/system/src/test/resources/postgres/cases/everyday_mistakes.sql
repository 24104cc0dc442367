-- Answers to small mistakes and to corners that reports run into.
-- use shop
-- case c id select count from orders o where o
SELECT c.id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id AND o.id > (SELECT min(x.id) FROM orders x WHERE x.customer_id = c.id)) FROM customers c;

-- case id select array_agg t c name from unnest array
SELECT id, (SELECT array_agg(t || c.name) FROM unnest(ARRAY['a','b']) t) FROM customers c;

-- case p category p name from products p where price
SELECT p.category, p.name FROM products p WHERE price = (SELECT max(price) FROM products WHERE category IS NOT DISTINCT FROM p.category);

-- case name from customers where name b order by 1 | ordered
SELECT name FROM customers WHERE name > 'B' ORDER BY 1 LIMIT 2 OFFSET 1;

-- case 1 order by 2 | ordered
SELECT 1 ORDER BY 2;

-- case city count from customers group by city order by
SELECT city, count(*) FROM customers GROUP BY city ORDER BY max(joined) DESC NULLS LAST;

-- case city from customers group by city order by name | ordered
SELECT city FROM customers GROUP BY city ORDER BY name;

-- case sum id from customers order by id | ordered
SELECT sum(id) FROM customers ORDER BY id;

-- case city sum id as s from customers group by
SELECT city, sum(id) AS s FROM customers GROUP BY city HAVING s > 3;

-- case city as c from customers where c paris
SELECT city AS c FROM customers WHERE c = 'Paris';

-- case from customers where id 1 or 1 0 1
SELECT * FROM customers WHERE id = 1 OR 1 / 0 > 1;

-- case id id 1 from customers
SELECT id / (id - 1) FROM customers;

-- case max id count avg id int sum id 4
SELECT max(id) / count(*), avg(id)::int, sum(id) / 4 FROM customers;

-- case from customers left join orders on customers id orders
SELECT * FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE orders.status = 'paid' OR orders.id IS NULL;

-- case c id sum coalesce o id 0 from customers
SELECT c.id, sum(coalesce(o.id, 0)) FROM customers c LEFT JOIN orders o ON c.id = o.customer_id GROUP BY 1;

-- case from orders o items i products p where o
SELECT * FROM orders o, items i, products p WHERE o.id = i.order_id AND p.id = i.product_id AND p.category = 'light';

-- case distinct p name from products p join items i
SELECT DISTINCT p.name FROM products p JOIN items i ON p.id = i.product_id JOIN orders o ON o.id = i.order_id WHERE o.customer_id = 1;

-- case c name from customers c join select customer_id count
SELECT c.name FROM customers c JOIN (SELECT customer_id, count(*) n FROM orders GROUP BY customer_id) o ON o.customer_id = c.id AND o.n > 1;

-- case from select id name row_number over order by name
SELECT * FROM (SELECT id, name, row_number() OVER (ORDER BY name) AS rn FROM customers) t WHERE rn BETWEEN 2 AND 4;

-- case name price price lag price 1 price over order
SELECT name, price, price - lag(price, 1, price) OVER (ORDER BY price), sum(price) OVER (ORDER BY price, id) FROM products;

-- case category name price price sum price over partition by
SELECT category, name, price, price / sum(price) OVER (PARTITION BY category) FROM products WHERE category IS NOT NULL;

-- case id avg salary over order by hired rows between
SELECT id, avg(salary) OVER (ORDER BY hired ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM employees;

-- case status max count over from orders group by status
SELECT status, max(count(*)) OVER () FROM orders GROUP BY status;

-- case customer_id status count from orders group by rollup customer_id
SELECT customer_id, status, count(*) FROM orders GROUP BY ROLLUP(customer_id, status) ORDER BY customer_id NULLS LAST, status NULLS LAST;

-- case coalesce category total sum price from products group by
SELECT coalesce(category, 'Total'), sum(price) FROM products GROUP BY ROLLUP(category);

-- case case when grouping category 1 then all else category
SELECT CASE WHEN grouping(category) = 1 THEN 'All' ELSE category END, count(*) FROM products GROUP BY GROUPING SETS ((category), ());

-- case extract year from placed int as y to_char placed | ordered
SELECT extract(year FROM placed)::int AS y, to_char(placed, 'Mon') AS m, count(*) FROM orders GROUP BY 1, 2 ORDER BY 1, 2;

-- case date_trunc year placed date sum quantity price numeric 12
SELECT date_trunc('year', placed)::date, sum(quantity * price)::numeric(12,2) FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY 1;

-- case count filter where city is null count city count
SELECT count(*) FILTER (WHERE city IS NULL), count(city), count(DISTINCT city), count(*) - count(city) FROM customers;

-- case string_agg name order by id filter where vip from
SELECT string_agg(name, ',' ORDER BY id) FILTER (WHERE vip) FROM customers;

-- case array_to_string array_agg name order by name from customers
SELECT array_to_string(array_agg(name ORDER BY name), '|') FROM customers WHERE city IS NOT NULL;

-- case array_agg name order by salary desc nulls last 1
SELECT (array_agg(name ORDER BY salary DESC NULLS LAST))[1:2] FROM employees;

-- case bool_or salary 8000 bool_and hired 2000 01 01 from
SELECT bool_or(salary > 8000), bool_and(hired > '2000-01-01') FROM employees;

-- case jsonb_object_agg department c from select coalesce department
SELECT jsonb_object_agg(department, c) FROM (SELECT coalesce(department, '-') AS department, count(*) AS c FROM employees GROUP BY 1) x;

-- case jsonb_agg distinct city from customers
SELECT jsonb_agg(DISTINCT city) FROM customers;

-- case jsonb_build_object id id price price tags to_jsonb tags ok
SELECT jsonb_build_object('id', id, 'price', price, 'tags', to_jsonb(tags), 'ok', price > 2) FROM products;

-- case jsonb_build_object a jsonb_build_array 1 2 jsonb_build_object
SELECT (jsonb_build_object('a', jsonb_build_array(1, 2, jsonb_build_object('b', NULL)))) #>> '{a,2}';

-- case e key e value from jsonb_each x 1 y | ordered
SELECT e.key, e.value FROM jsonb_each('{"x": 1, "y": {"z": [true]}}') e ORDER BY 1;

-- case id j value n from values 1 n a
SELECT id, j.value ->> 'n' FROM (VALUES (1, '[{"n":"a"},{"n":"b"}]'::jsonb)) t(id, doc), jsonb_array_elements(doc) j;

-- case doc items 0 sku jsonb_array_length doc items doc items
SELECT doc -> 'items' -> 0 ->> 'sku', jsonb_array_length(doc -> 'items'), doc #>> '{items,1,sku}' FROM (SELECT '{"items":[{"sku":"a"},{"sku":"b"}]}'::jsonb AS doc) d;

-- case a 1 2 b 3 jsonb a 2 a
SELECT '{"a":[1,2,{"b":3}]}'::jsonb @> '{"a":[2]}', '{"a":{"b":1}}'::jsonb ->> 'a', '[1,"2",null]'::jsonb ->> 2, '{"a":null}'::jsonb ->> 'a' IS NULL, '{"a":null}'::jsonb -> 'a' IS NULL, '{"a":1}'::jsonb = '{"a":1.0}'::jsonb;

-- case jsonb_set a b 1 a b x jsonb_set a
SELECT jsonb_set('{"a":{"b":1}}', '{a,b}', '"x"'), jsonb_set('{"a":[1,2]}', '{a,-1}', '5'), '{"a":1}'::jsonb || '{"a":{"c":2}}', '[1]'::jsonb || '2', jsonb '{"a":1,"b":2}' - '{a}'::text[];

-- case to_char 0 fm999 99 to_char 0 1 0 9
SELECT to_char(0, 'FM999.99'), to_char(0.1, '0.9'), to_char(1e6, '9,999,999'), to_char(-1234.567, 'FM9,999.00'), to_char(12.5, '99.99%'), to_char(3, 'FMRN'), to_char(123, '999th'), to_char(1, '000'), to_char(12345, '99'), to_char(0.5, '.99'), to_char(-0.5, '9.9MI');

-- case to_timestamp 2024 02 30 yyyy mm dd
SELECT to_timestamp('2024-02-30', 'YYYY-MM-DD');

-- case to_date 2024 60 yyyy ddd to_date 20240305 yyyymmdd to_date
SELECT to_date('2024 60', 'YYYY DDD'), to_date('20240305', 'YYYYMMDD'), to_date('5/3/24', 'DD/MM/YY'), to_timestamp('12:30 PM', 'HH12:MI AM')::time, to_date('March 5, 2024', 'Month DD, YYYY');

-- case 1 year 13 months interval interval 1 day 1
SELECT '1 year 13 months'::interval, interval '1 day' * 1.5, interval '36 hours' + interval '1 day', justify_interval('35 days 25 hours'), interval '1 month' / 3, -interval '1 day 2 hours', interval '1 day' - interval '1 hour', '2 weeks'::interval, interval '1 decade', interval '100 milliseconds';

-- case extract isoyear from date 2024 12 30 extract julian
SELECT extract(isoyear FROM date '2024-12-30'), extract(julian FROM date '2024-01-01'), extract(microseconds FROM time '00:00:01.5'), extract(timezone FROM timestamptz '2024-01-01 00:00+02'), extract(decade FROM date '2024-01-01'), extract(second FROM timestamp '2024-01-01 00:00:01.25'), extract(month FROM interval '14 months'), date_part('epoch', timestamp '2024-01-01 00:00:00.5'), date_part('week', date '2023-01-01');

-- case date 2024 01 31 1 date 2024 03 01
SELECT date '2024-01-31' + 1, date '2024-03-01' - 1, date '2024-01-01' - interval '1 second', timestamp '2024-01-01' - timestamp '2023-12-25 12:00', date '2024-01-01' > timestamp '2023-12-31 23:59', '2024-01-01'::date - '2023-01-01'::date, timestamptz '2024-01-01 00:00+00' - timestamp '2023-12-31';

-- case date 2024 01 01 time 01 02 time 10
SELECT date '2024-01-01' + time '01:02', time '10:00' + date '2024-01-01', '2024-06-15 12:00'::timestamp AT TIME ZONE 'Asia/Kolkata' AT TIME ZONE 'UTC', timestamptz '2024-06-15 12:00+00' AT TIME ZONE INTERVAL '2 hours', timestamp '2024-06-15' AT LOCAL;

-- case age 2024 03 31 2024 02 29 age timestamp
SELECT age('2024-03-31', '2024-02-29'), age(timestamp '2024-01-01 12:00', timestamp '2023-12-31 13:00'), age(date '2000-01-01', date '2024-06-15');

-- case generate_series date 2024 01 30 date 2024 03 01
SELECT generate_series(date '2024-01-30', date '2024-03-01', interval '1 month'), 1 AS one;

-- case upper stra e lower initcap lan vital length reverse
SELECT upper('straße'), lower('ÄÖÜ'), initcap('élan vital'), length('日本語'), reverse('日本'), substr('日本語', 2, 1), position('本' in '日本語'), 'é' = E'e\u0301', lpad('日', 3, '*'), ascii('é'), chr(233);

-- case a b null concat a null abc abd a
SELECT 'a' || 'b' || NULL, concat('a', NULL), 'abc' < 'abd', 'a' < 'B' COLLATE "C", 'abc' LIKE 'A%', 'ABC' ILIKE '%b%', 'a_b' LIKE 'a\_b', 'ab' LIKE 'a_', '' LIKE '%', 'a\b' LIKE 'a\\b';

-- case foo bar similar to foo baz b a z
SELECT 'foo bar' SIMILAR TO '(foo|baz) b[a-z]+', 'abc' SIMILAR TO 'b', '123' ~ '^\d+$', 'abc' ~ 'a.c', 'ABC' ~* 'abc', 'a.b' ~ 'a\.b', 'test' !~ 't{2}', 'x' ~ '[[:alpha:]]', 'a1' ~ '\w\d', E'a\nb' ~ 'a.b';

-- case regexp_replace john smith w w 2 1 regexp_replace aaa
SELECT regexp_replace('John Smith', '(\w+) (\w+)', '\2, \1'), regexp_replace('aaa', 'a', 'b', 2), regexp_replace('aaa', 'a', 'b', 1, 2), regexp_replace('abc', '(?i)B', 'x'), regexp_replace('a.b.c', '\.', '-', 'g'), regexp_split_to_array('one, two,three', ',\s*'), regexp_matches('abc123', '([a-z]+)(\d+)');

-- case split_part 2024 01 05 2 int split_part abc 1
SELECT split_part('2024-01-05', '-', 2)::int, split_part('abc', '', 1), split_part('a,b', ',', 5), string_to_array('abc', NULL), string_to_array('', ','), array_to_string('{}'::int[], ','), substring('hello', 2, 100), substring('hello', 0, 2), left('abc', 10), right('abc', -1), overlay('abcdef' placing 'Z' from 3), repeat('x', 0), repeat('x', -1);

-- case trim both from a trim trailing x from axx
SELECT trim(both from '  a '), trim(trailing 'x' from 'axx'), ltrim('  a'), btrim('xyaxy', 'xy'), rpad('abc', 2), lpad('abc', 5), lpad('7', 3, '0'), quote_literal('a\b'), quote_ident('Select'), format('%5s|%-5s|%05s', 'a', 'b', 'c'), format('%s', true), format('%2$s-%1$s', 'x', 'y'), concat_ws(',', 1, NULL, 'b', true), to_hex(-1), encode('\xff00', 'base64'), md5('');

-- case array_agg x order by x desc array_agg x filter
SELECT array_agg(x ORDER BY x DESC), array_agg(x) FILTER (WHERE x > 1), sum(x), array_length(array_agg(x), 1) FROM unnest('{3,1,2}'::int[]) AS x;

-- case array 1 2 5 array 2024 01 01 date
SELECT ARRAY[1, 2.5], ARRAY['2024-01-01'::date], ARRAY[1] @> '{}', '{1,2}'::int[] <@ '{3,2,1}', ARRAY[3,1] && ARRAY[1], array_cat('{1}', '{2}'::int[]), unnest(ARRAY[[1,2],[3,4]]);

-- case 10 3 10 3 10 3 10 5 3
SELECT 10 % 3, -10 % 3, 10 % -3, 10.5 % 3, mod(10, 0.3), 7 / -2, -7 / 2, 7.0 / 2, 1 / 3::float8, 1e3, 1.5e-3, .5, 5., 0.1 + 0.2 = 0.3, 2 ** 3;

-- case 0 1 0 2 0 3 0 1 float8
SELECT 0.1 + 0.2 = 0.3, 0.1::float8 + 0.2 = 0.3, 1::numeric / 3, 2::numeric / 3, 10 / 4.0, 1.0 * 3.00, 1.23::numeric(10,1), 123.456::numeric(6,2), -1.5::int, (-1.5)::int, round(1.5::numeric), round(-2.5), 5::numeric(3,1), 1e-10::numeric, 100000000000000000000 * 10;

-- case 99 99 numeric 3 1
SELECT 99.99::numeric(3,1);

-- case 12 int 3 12 3 5 2 2024 01
SELECT '12'::int + '3', '12' || 3, '5' * 2, '2024-01-01'::date + '1 day', '1 day' + '2024-01-01'::date, 5 + '5'::text::int;

-- case 5 3 abc abc text 1 1 1 5
SELECT '5' > 3, 'abc' = 'abc'::text, 1 = '1', '1.5' > 1;

-- case 5 5 0 1 bigint 1 smallint a text
SELECT 5 = 5.0, 1::bigint = 1::smallint, 'a'::text = 'a'::varchar, date '2024-01-01' = '2024-01-01', '2024-01-01' < date '2024-01-02', true > false, interval '1 day' > '23 hours';

-- case 1 a
SELECT 1 = 'a';

-- case date 2024 01 01 5
SELECT date '2024-01-01' = 5;

-- case a text 1
SELECT 'a'::text = 1;

-- case not 1
SELECT NOT 1;

-- case 1 and true
SELECT 1 AND true;

-- case sum a
SELECT sum('a');

-- case sum name from customers
SELECT sum(name) FROM customers;

-- case max vip from customers
SELECT max(vip) FROM customers;

-- case lower 5
SELECT lower(5);

-- case length 5
SELECT length(5);

-- case substring abc x y z
SELECT substring('abc', 'x', 'y', 'z');

-- case coalesce 1 a
SELECT coalesce(1, 'a');

-- case coalesce 1 now
SELECT coalesce(1, now());

-- case greatest 1 a
SELECT greatest(1, 'a');

-- case nullif 1 a
SELECT nullif(1, 'a');

-- case case when 1 then 2 end
SELECT CASE WHEN 1 THEN 2 END;

-- case 1 in a
SELECT 1 IN ('a');

-- case 1 in select a
SELECT 1 IN (SELECT 'a');

-- case select 1 2
SELECT (SELECT 1, 2);

-- case from customers where id select id from customers
SELECT * FROM customers WHERE id = (SELECT id FROM customers);

-- case id from customers union select name from customers
SELECT id FROM customers UNION SELECT name FROM customers;

-- case extract foo from now
SELECT extract(foo FROM now());

-- case date_trunc foo now
SELECT date_trunc('foo', now());

-- case now at time zone nowhere land
SELECT now() AT TIME ZONE 'Nowhere/Land';

-- case interval foo
SELECT interval 'foo';

-- case 1 2 int
SELECT '{1,2'::int[];

-- case 1 a int
SELECT '{1,a}'::int[];

-- case array 1 a
SELECT ARRAY[1, 'a'];

-- case array
SELECT ARRAY[];

-- case array 1 2 a
SELECT ARRAY[1,2] || 'a';

-- case 1 jsonb
SELECT '[1'::jsonb;

-- case a 1 jsonb 1 5
SELECT '{"a":1}'::jsonb -> 1.5;

-- case repeat a 2000000000
SELECT repeat('a', 2000000000);

-- case chr 0
SELECT chr(0);

-- case generate_series 1 10 0
SELECT generate_series(1, 10, 0);

-- case 1 limit a
SELECT 1 LIMIT 'a';

-- case lag 1 from customers
SELECT lag(1) FROM customers;

-- case row_number from customers
SELECT row_number() FROM customers;

-- case count distinct from customers
SELECT count(DISTINCT *) FROM customers;

-- case count from customers
SELECT count() FROM customers;

-- case sum from customers
SELECT sum(*) FROM customers;

-- case sum count from customers
SELECT sum(count(*)) FROM customers;

-- case count over order by id rows between current row
SELECT count(*) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM customers;

-- case sum id over rows between 1 preceding and current
SELECT sum(id) OVER (ROWS BETWEEN -1 PRECEDING AND CURRENT ROW) FROM customers;

-- case sum id over order by name range between 1
SELECT sum(id) OVER (ORDER BY name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customers;

-- case sum id over w from customers
SELECT sum(id) OVER w FROM customers;

-- case from customers c join orders o
SELECT * FROM customers c JOIN orders o;

-- case from customers c join orders o using nope
SELECT * FROM customers c JOIN orders o USING (nope);

-- case from customers c customers c
SELECT * FROM customers c, customers c;

-- case c from customers x
SELECT c.* FROM customers x;

-- case from select 1
SELECT * FROM (SELECT 1);

-- case from values 1 2 3 v
SELECT * FROM (VALUES (1, 2), (3)) v;

-- case from generate_series 1 2 as t a b
SELECT * FROM generate_series(1, 2) AS t(a, b);

-- case unterminated
SELECT 'unterminated;

-- case 1
SELECT 1 +;

-- case from where
SELECT FROM WHERE;

-- case selec 1
SELEC 1;

-- case from customers where
SELECT * FROM customers WHERE;

-- case customers
SELECT * customers;

-- case 1 1
SELECT 1 1;

-- case a
SELECT "a;

-- case with a as select 1 select from b
WITH a AS (SELECT 1) SELECT * FROM b;

-- case with a as select 1 a as select 2
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a;

-- case with a x y as select 1 select from
WITH a(x, y) AS (SELECT 1) SELECT * FROM a;

-- case with recursive a as select n 1 from a
WITH RECURSIVE a AS (SELECT n + 1 FROM a) SELECT * FROM a;

-- case 5 as k count from customers group by rollup
SELECT 5 AS k, count(*) FROM customers GROUP BY ROLLUP (k);

-- case a as k city count from customers group by
SELECT 'a' AS k, city, count(*) FROM customers GROUP BY CUBE (k, city);

-- case null as k count from customers group by rollup
SELECT NULL AS k, count(*) FROM customers GROUP BY ROLLUP (k);

-- case 1 as k sum id from customers group by
SELECT 1 AS k, sum(id) FROM customers GROUP BY GROUPING SETS ((1), ());

-- case date 2024 01 01 as k sum id from
SELECT date '2024-01-01' AS k, sum(id) FROM customers GROUP BY GROUPING SETS ((1), ());

-- case xzz bytea
SELECT '\xzz'::bytea;

-- case 1 bytea
SELECT '\1'::bytea;

-- case abcd like abc
SELECT 'abcd' LIKE '%abc\';

-- case abcd like abc (2)
SELECT 'abcd' LIKE 'abc\';

-- case like x like y abc like c abc ilike
SELECT '' LIKE '\', 'x' LIKE 'y\', 'abc' LIKE '%c\', 'abc' ILIKE 'A%\';

-- case random 2 1
SELECT random(2, 1);

-- case random 1 bigint 5 between 1 and 5 pg_typeof
SELECT random(1::bigint, 5) BETWEEN 1 AND 5, pg_typeof(random(1, 2))::text, pg_typeof(random(1.5, 2))::text, pg_typeof(random(1::bigint, 2))::text, random(0.00, 1.00) BETWEEN 0 AND 1;
