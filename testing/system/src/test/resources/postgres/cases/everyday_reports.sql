-- Reports over the shop, and what comes of values, casts and formats in them.
-- use shop
-- case name price price int price text eur as label
SELECT name, price, price::int, price::text || ' EUR' AS label FROM products WHERE price::int > 2;

-- case c name string_agg p name x i quantity order
SELECT c.name, string_agg(p.name || ' x' || i.quantity, '; ' ORDER BY p.name) FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY c.id, c.name;

-- case date_part year placed as y date_part month placed as | ordered
SELECT date_part('year', placed) AS y, date_part('month', placed) AS m, sum(quantity) FROM orders JOIN items ON order_id = orders.id GROUP BY y, m ORDER BY y, m;

-- case status count 100 0 select count from orders as
SELECT status, count(*) * 100.0 / (SELECT count(*) FROM orders) AS pct FROM orders GROUP BY status;

-- case status count float sum count over from orders group
SELECT status, count(*)::float / sum(count(*)) OVER () FROM orders GROUP BY status;

-- case p rank over partition by category order by price
SELECT p.*, rank() OVER (PARTITION BY category ORDER BY price DESC) FROM products p;

-- case name price avg price over from products
SELECT name, price, avg(price) OVER () FROM products;

-- case placed sum id over order by placed range between
SELECT placed, sum(id) OVER (ORDER BY placed RANGE BETWEEN INTERVAL '30 days' PRECEDING AND CURRENT ROW) FROM orders;

-- case placed date lag placed over order by placed placed
SELECT placed::date, lag(placed) OVER (ORDER BY placed), placed - lag(placed) OVER (ORDER BY placed) FROM orders;

-- case id sum salary filter where department tech over order
SELECT id, sum(salary) FILTER (WHERE department = 'tech') OVER (ORDER BY id) FROM employees;

-- case id lag department over order by id max salary
SELECT id, lag(department) OVER (ORDER BY id), max(salary) OVER (ORDER BY id ROWS 2 PRECEDING) FROM employees;

-- case id count over partition by department count salary over
SELECT id, count(*) OVER (PARTITION BY department), count(salary) OVER w FROM employees WINDOW w AS (PARTITION BY department), w2 AS (w ORDER BY id);

-- case id sum salary over w order by id from
SELECT id, sum(salary) OVER (w ORDER BY id) FROM employees WINDOW w AS (PARTITION BY department);

-- case id last_value id over order by salary range between
SELECT id, last_value(id) OVER (ORDER BY salary RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM employees;

-- case id sum id over order by id desc rows
SELECT id, sum(id) OVER (ORDER BY id DESC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM employees;

-- case id row_number over from employees where row_number over 3
SELECT id, row_number() OVER () FROM employees WHERE row_number() OVER () < 3;

-- case department rank over order by sum salary desc nulls
SELECT department, rank() OVER (ORDER BY sum(salary) DESC NULLS LAST) FROM employees GROUP BY department;

-- case array_agg distinct department order by department from employees
SELECT array_agg(DISTINCT department ORDER BY department) FROM employees;

-- case string_agg distinct department order by department desc from
SELECT string_agg(DISTINCT department, ',' ORDER BY department DESC) FROM employees;

-- case string_agg distinct department order by name from employees
SELECT string_agg(DISTINCT department, ',' ORDER BY name) FROM employees;

-- case jsonb_agg jsonb_build_object id id tags tags order by id
SELECT jsonb_agg(jsonb_build_object('id', id, 'tags', tags) ORDER BY id) FROM products;

-- case coalesce json_agg o id filter where o id is
SELECT coalesce(json_agg(o.id) FILTER (WHERE o.id IS NOT NULL), '[]') FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE c.id = 4;

-- case count filter where status paid as paid count filter
SELECT count(*) FILTER (WHERE status = 'paid') AS paid, count(*) FILTER (WHERE status <> 'paid') AS other, min(placed)::date, max(placed)::time FROM orders;

-- case sum case when status paid then 1 else 0
SELECT sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) FROM orders;

-- case avg quantity avg discount sum discount min discount round
SELECT avg(quantity), avg(discount), sum(discount), min(discount), round(avg(discount)::numeric, 3) FROM items;

-- case sum price sum price 1 19 avg price min
SELECT sum(price), sum(price * 1.19), avg(price), min(price), max(price), round(avg(price), 2) FROM products;

-- case max name min city max joined max tags from
SELECT max(name), min(city), max(joined), max(tags) FROM customers, products;

-- case o from orders o where o placed date 2024
SELECT o.* FROM orders o WHERE o.placed::date = '2024-02-01';

-- case o id from orders o where o placed date
SELECT o.id FROM orders o WHERE o.placed >= date '2024-01-01' AND o.placed < date '2024-01-01' + interval '1 month';

-- case extract year from age 2024 06 01 joined age
SELECT extract(year FROM age('2024-06-01', joined)), age('2024-06-01'::date, joined), date '2024-06-01' - joined FROM customers;

-- case to_char placed mon dd yyyy hh12 mi ss am
SELECT to_char(placed, 'Mon DD, YYYY HH12:MI:SS am'), to_char(placed, 'YYYY-"Q"Q'), to_char(placed, 'IYYY-IW'), to_char(placed, 'FMMonth FMDDth') FROM orders;

-- case to_char price fm999g990d00 to_char price 999 9 to_char price
SELECT to_char(price, 'FM999G990D00'), to_char(price, '999.9'), to_char(price, '$99.99'), to_char(id, '00000') FROM products;

-- case name split_part name e 1 position e in name
SELECT name, split_part(name, 'e', 1), position('e' IN name), upper(left(name, 1)) || lower(substring(name FROM 2)) FROM customers;

-- case name from customers where name like _o or name
SELECT name FROM customers WHERE name LIKE '_o%' OR name LIKE '%a' ORDER BY length(name), name;

-- case name from customers where name a c and name
SELECT name FROM customers WHERE name ~ '^[A-C]' AND name !~ 'b$';

-- case name from customers where lower name any ann bob
SELECT name FROM customers WHERE lower(name) = ANY ('{ann,bob}');

-- case name from customers where name any select name from
SELECT name FROM customers WHERE name = ANY (SELECT name FROM employees) OR name < ALL (SELECT name FROM products);

-- case name from customers where id some array 1 2
SELECT name FROM customers WHERE id = SOME (ARRAY[1,2]);

-- case from customers where id name in values 1 ann
SELECT * FROM customers WHERE (id, name) IN (VALUES (1, 'Ann'), (2, 'Bobby'));

-- case from customers where row id name select 1 ann
SELECT * FROM customers WHERE ROW(id, name) = (SELECT 1, 'Ann');

-- case from customers where id all array 1 2 null
SELECT * FROM customers WHERE id <> ALL (ARRAY[1,2,NULL]);

-- case from customers c where c id select avg id
SELECT * FROM customers c WHERE c.id > (SELECT avg(id) FROM customers WHERE city = c.city);

-- case select max salary from employees x where x department | ordered
SELECT *, (SELECT max(salary) FROM employees x WHERE x.department = e.department) - salary AS gap FROM employees e ORDER BY gap NULLS LAST, id;

-- case e name from employees e where salary select max | ordered
SELECT e.name FROM employees e WHERE salary = (SELECT max(salary) FROM employees WHERE department = e.department) ORDER BY 1;

-- case d department t name from select distinct department from | ordered
SELECT d.department, t.name FROM (SELECT DISTINCT department FROM employees) d CROSS JOIN LATERAL (SELECT name FROM employees e WHERE e.department = d.department ORDER BY salary DESC NULLS LAST LIMIT 2) t ORDER BY 1, 2;

-- case a name b name from employees a join employees
SELECT a.name, b.name FROM employees a JOIN employees b ON a.department = b.department AND a.id < b.id;

-- case count from customers a full join orders b on
SELECT count(*) FROM customers a FULL JOIN orders b ON a.id = b.customer_id FULL JOIN items i ON i.order_id = b.id;

-- case from customers a left join orders b on a
SELECT * FROM customers a LEFT JOIN orders b ON a.id = b.customer_id AND b.status = 'open' WHERE b.id IS NULL;

-- case c name o id from customers c orders o
SELECT c.name, o.id FROM customers c, orders o WHERE c.id = o.customer_id AND EXISTS (SELECT 1 FROM items WHERE order_id = o.id HAVING sum(quantity) > 5);

-- case a id as a b a name nm x
SELECT a.id AS "A b", a.name "Nm", 'x' "select" FROM customers a LIMIT 1;

-- case id as value name type from customers limit 1
SELECT id AS value, name type FROM customers LIMIT 1;

-- case 1 as a 2 as a
SELECT 1 AS a, 2 AS a;

-- case a id from customers a join orders a on
SELECT a.id FROM customers a JOIN orders a ON true;

-- case id from customers a join orders b on true
SELECT id FROM customers a JOIN orders b ON true;

-- case max id from customers group by
SELECT max(id) FROM customers GROUP BY ();

-- case 1 from customers group by city having city c
SELECT 1 FROM customers GROUP BY city HAVING city > 'C';

-- case city vip count from customers group by all
SELECT city, vip, count(*) FROM customers GROUP BY ALL;

-- case city vip count from customers group by city vip
SELECT city, vip, count(*) FROM customers GROUP BY city, vip ORDER BY count(*) DESC, city;

-- case distinct city vip from customers order by city desc | ordered
SELECT DISTINCT city, vip FROM customers ORDER BY city DESC NULLS LAST, vip;

-- case distinct on city from customers order by city joined | ordered
SELECT DISTINCT ON (city) * FROM customers ORDER BY city, joined DESC NULLS LAST;

-- case distinct on city vip city vip id from customers | ordered
SELECT DISTINCT ON (city, vip) city, vip, id FROM customers ORDER BY city, vip, id;

-- case distinct on lower name name from customers order by
SELECT DISTINCT ON (lower(name)) name FROM customers ORDER BY lower(name), id;

-- case city from customers union select city from customers order | ordered
SELECT city FROM customers UNION SELECT city FROM customers ORDER BY city NULLS FIRST;

-- case city from customers except all select berlin
SELECT city FROM customers EXCEPT ALL SELECT 'Berlin';

-- case city 1 as src from customers union all select | ordered
SELECT city, 1 AS src FROM customers UNION ALL SELECT department, 2 FROM employees ORDER BY src, city;

-- case null union select 1
SELECT NULL UNION SELECT 1;

-- case null union select null
SELECT NULL UNION SELECT NULL;

-- case 1 union select 2
SELECT '1' UNION SELECT 2;

-- case a union select 2
SELECT 'a' UNION SELECT 2;

-- case 1 union select 1 2
SELECT 1 UNION SELECT 1, 2;

-- case 1 union select 1 0
SELECT 1 UNION SELECT 1.0;

-- case 1 union all select 2 union all select 3 | ordered
SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 ORDER BY 1 DESC LIMIT 2 OFFSET 1;

-- case 1 union select 2 intersect select 2 union select
(SELECT 1 UNION SELECT 2) INTERSECT (SELECT 2 UNION SELECT 3);

-- case with t as select 1 as n union select
WITH t AS (SELECT 1 AS n UNION SELECT 2) SELECT n, n * 2 FROM t WHERE n > (SELECT min(n) FROM t);

-- case with recursive fib a b as select 0 1
WITH RECURSIVE fib(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM fib WHERE b < 50) SELECT a FROM fib;

-- case with recursive d as select date 2024 01 01
WITH RECURSIVE d AS (SELECT date '2024-01-01' AS day UNION ALL SELECT day + 1 FROM d WHERE day < '2024-01-05') SELECT day, extract(dow FROM day) FROM d;

-- case with recursive r as select 1 as n union
WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT (n * 2) % 7 FROM r) SELECT * FROM r;

-- case with recursive t as select 1 as n union
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT n FROM t LIMIT 5;

-- case with recursive sub as select id 0 as depth | ordered
WITH RECURSIVE sub AS (SELECT id, 0 AS depth FROM employees WHERE id = 2 UNION ALL SELECT e.id, depth + 1 FROM employees e JOIN sub s ON e.manager_id = s.id) SELECT depth, count(*), array_agg(id ORDER BY id) FROM sub GROUP BY depth ORDER BY depth;

-- case with recursive a as select 1 x b as
WITH RECURSIVE a AS (SELECT 1 x), b AS (SELECT x FROM a UNION ALL SELECT x + 1 FROM b WHERE x < 3) SELECT * FROM b;

-- case with x a b as values 1 2 3
WITH x(a, b) AS (VALUES (1, 2), (3, 4)) SELECT a + b FROM x;

-- case with top as select product_id sum quantity as q | ordered
WITH top AS (SELECT product_id, sum(quantity) AS q FROM items GROUP BY product_id ORDER BY q DESC LIMIT 3) SELECT p.name, top.q FROM top JOIN products p ON p.id = top.product_id ORDER BY top.q DESC;

-- case from with a as select 1 as one select
SELECT * FROM (WITH a AS (SELECT 1 AS one) SELECT one + 1 AS two FROM a) s;

-- case x y from generate_series 1 2 x cross join
SELECT x, y FROM generate_series(1, 2) x CROSS JOIN generate_series(1, x) y;

-- case generate_series 2024 01 01 timestamp 2024 01 02 6
SELECT generate_series('2024-01-01'::timestamp, '2024-01-02', '6 hours');

-- case d date from generate_series date 2024 01 29 date
SELECT d::date FROM generate_series(date '2024-01-29', date '2024-02-02', interval '1 day') d;

-- case n n text repeat n from generate_series 1 5
SELECT n, n::text, repeat('*', n) FROM generate_series(1, 5) AS n WHERE n % 2 = 1;

-- case generate_series 1 0 2 0 0 5 generate_subscripts array
SELECT generate_series(1.0, 2.0, 0.5), generate_subscripts(ARRAY[5,6,7], 1);

-- case i arr i from select array a b c
SELECT i, arr[i] FROM (SELECT ARRAY['a','b','c'] AS arr) t, generate_subscripts(arr, 1) i;

-- case unnest array 1 2 3 as v order by | ordered
SELECT unnest(ARRAY[1,2,3]) AS v ORDER BY v DESC;

-- case id unnest tags as tag from products order by | ordered
SELECT id, unnest(tags) AS tag FROM products ORDER BY id, tag LIMIT 3;

-- case tag count from products unnest tags as tag group | ordered
SELECT tag, count(*) FROM products, unnest(tags) AS tag GROUP BY tag ORDER BY 2 DESC, 1;

-- case unnest 1 2 3 4 int
SELECT unnest('{{1,2},{3,4}}'::int[][]);

-- case name tags 1 tags 2 tags 1 array_length tags
SELECT name, tags[1], tags[2:], tags[:1], array_length(tags, 1), cardinality(tags), 'wood' = ANY(tags) AS wooden FROM products;

-- case name from products where tags is null or tags
SELECT name FROM products WHERE tags IS NULL OR tags = '{}';

-- case p name from products p where exists select 1
SELECT p.name FROM products p WHERE EXISTS (SELECT 1 FROM unnest(p.tags) t WHERE t LIKE 'w%');

-- case case when true then 1 else 2 5 end
SELECT CASE WHEN true THEN 1 ELSE 2.5 END, CASE WHEN false THEN 'x' END, CASE NULL WHEN NULL THEN 1 ELSE 2 END;

-- case case when 1 1 then a else 1 end
SELECT CASE WHEN 1 = 1 THEN 'a' ELSE 1 END;

-- case coalesce city n a coalesce joined 1900 01 01
SELECT coalesce(city, 'n/a'), coalesce(joined, '1900-01-01') FROM customers;

-- case greatest 2024 01 01 date joined least id 3
SELECT greatest('2024-01-01'::date, joined), least(id, 3.5) FROM customers;

-- case nullif city berlin nullif id 1 from customers
SELECT nullif(city, 'Berlin'), nullif(id, 1) FROM customers;

-- case 10 nullif id 1 0 from customers
SELECT 10 / nullif(id - 1, 0) FROM customers;

-- case it s name coalesce city from customers
SELECT 'It''s ' || name || ', ' || coalesce(city, '?') FROM customers;

-- case concat name city format s s id city format
SELECT concat(name, ' (', city, ')'), format('%s-%s', id, city), format('%-6s|%4s', name, id) FROM customers;

-- case format s null format l null format i select
SELECT format('%s', NULL), format('%L', NULL), format('%I', 'select'), format('%s %s', 1, ARRAY[1,2]), format('%1$s %1$s', 'a'), format('%%');

-- case md5 name length md5 name encode sha256 name bytea
SELECT md5(name), length(md5(name)), encode(sha256(name::bytea), 'hex') FROM customers WHERE id = 1;

-- case regexp_replace name aeiou 1 gi from customers
SELECT regexp_replace(name, '([aeiou])', '<\1>', 'gi') FROM customers;

-- case regexp_matches key value k2 v2 w w g 1
SELECT (regexp_matches('key=value; k2=v2', '(\w+)=(\w+)', 'g'))[1];

-- case regexp_match 2024 05 06 d d 2 int
SELECT (regexp_match('2024-05-06', '(\d+)-(\d+)'))[2]::int;

-- case substring phone 555 1234 from d 3 d 4
SELECT substring('phone: 555-1234' FROM '\d{3}-\d{4}'), substring('abc' FROM 'x'), regexp_replace('  a  b ', '\s+', ' ', 'g');

-- case translate 12345 143 ax reverse name ascii name initcap
SELECT translate('12345', '143', 'ax'), reverse(name), ascii(name), initcap('jOHN o''reilly-smith') FROM customers WHERE id = 2;

-- case lpad id text 5 0 to_char id fm00000 from
SELECT lpad(id::text, 5, '0'), to_char(id, 'FM00000') FROM orders;

-- case string_to_array 1 2 3 int array_to_string array 1 2
SELECT string_to_array('1,2,3', ',')::int[], array_to_string(ARRAY[1,2,3], '-'), array_to_string(tags, ',') FROM products WHERE id = 1;

-- case now 2020 01 01 current_date 2020 01 01 now
SELECT now() > '2020-01-01', current_date > '2020-01-01', now()::date - current_date, (now() AT TIME ZONE 'UTC')::date = current_date;

-- case timestamp 2024 03 10 02 30 at time zone
SELECT timestamp '2024-03-10 02:30' AT TIME ZONE 'America/New_York', timestamptz '2024-03-10 07:30+00' AT TIME ZONE 'America/New_York', timestamp '2024-11-03 01:30' AT TIME ZONE 'America/New_York';

-- case timestamptz 2024 01 01 00 00 00 05 30
SELECT timestamptz '2024-01-01 00:00:00+05:30', timestamptz '2024-01-01 00:00:00 PST', timestamptz '2024-01-01T00:00:00Z', timestamp '2024-01-01 00:00:00+05';

-- case interval 1 mon date 2024 01 31 date 2024
SELECT interval '1 mon' + date '2024-01-31', date '2024-03-31' - interval '1 month', timestamp '2024-02-29' + interval '1 year', date '2024-01-01' + 1.5 * interval '1 day';

-- case extract epoch from interval 1 month extract epoch from
SELECT extract(epoch FROM interval '1 month'), extract(epoch FROM timestamptz '2024-01-01 00:00+00')::bigint, extract(minute FROM interval '90 minutes'), extract(hours FROM time '10:30');

-- case time 10 00 interval 2 hours time 23 00
SELECT time '10:00' + interval '2 hours', time '23:00' + interval '2 hours', time '10:00' - time '08:30', interval '3 hours' / 2, interval '1 hour' * 1.5, time '10:00' < '11:00';

-- case date_trunc month date 2024 02 15 interval 1 month
SELECT date_trunc('month', date '2024-02-15') + interval '1 month - 1 day', (date_trunc('month', date '2024-02-15') + interval '1 month' - interval '1 day')::date;

-- case 1 day interval 1 hour interval 25 00 interval
SELECT '1 day'::interval > '1 hour', interval '25:00', interval '1 12:00', interval '-1 year 2 mons', '1.5 hours'::interval, '00:00:01.5'::interval::text;

-- case to_timestamp 1700000000 to_timestamp 1700000000 at time zone
SELECT to_timestamp(1700000000), to_timestamp(1700000000) AT TIME ZONE 'UTC', to_timestamp('05 Dec 2000', 'DD Mon YYYY'), extract(epoch FROM to_timestamp(5.5));

-- case make_interval years 1 months 2 make_interval hours 1 mins
SELECT make_interval(years => 1, months => 2), make_interval(hours => 1, mins => 30), make_timestamptz(2024, 1, 2, 3, 4, 5), make_timestamptz(2024, 1, 2, 3, 4, 5, 'Europe/Paris');

-- case 5 between 1 and 10 5 not between 1
SELECT 5 BETWEEN 1 AND 10, 5 NOT BETWEEN 1 AND 3, 'b' BETWEEN 'a' AND 'c', NULL BETWEEN 1 AND 2, 5 BETWEEN NULL AND 3, 5 BETWEEN SYMMETRIC 10 AND 1;

-- case 1 in 1 null 2 in 1 null 2
SELECT 1 IN (1, NULL), 2 IN (1, NULL), 2 NOT IN (1, NULL), NULL IN (1), NULL IN (SELECT 1 WHERE false), 1 = ANY(NULL::int[]);

-- case true and null false and null true or null
SELECT true AND NULL, false AND NULL, true OR NULL, NOT NULL::boolean, true IS TRUE, NULL IS FALSE, NULL::boolean IS NOT UNKNOWN, true = 't', 1 = 1.0, '1' = 1;

-- case a in a b 1 in 1 2 1
SELECT 'a' IN ('a', 'b'), 1 IN ('1', '2'), 1.5 IN (1, 2), 'x' NOT IN ('a');

-- case 10 numeric 10 2 3 10 numeric 3 numeric
SELECT 10::numeric(10,2) / 3, 10::numeric / 3::numeric(10,4), 1::numeric(10,5) * 2.00, sum(x) FROM (VALUES (1.10), (2.2)) v(x);

-- case avg x avg x float8 avg x numeric 10
SELECT avg(x), avg(x::float8), avg(x::numeric(10,2)), sum(x::bigint), sum(x::float4), sum(x::smallint) FROM generate_series(1, 4) x;

-- case 100 1 1 100 1 1 float8 3 2
SELECT 100 * 1.1, 100 * 1.1::float8, 3 / 2 * 2.0, 3.0 / 2 * 2, 5 % 2.5, 2 ^ -1, 2 ^ 0.5, -2 ^ 2, (-8) ^ (1.0/3);

-- case round 123 456 1 round 123 456 0 round
SELECT round(123.456, 1), round(123.456, 0), round(123.456), round(-0.5), round(0.5), round(1.5), round(2.5), round(1e20), trunc(-1.55, 1), ceil(-0.5), floor(2.7::float8), round(2.567::float8);

-- case round 2 567 float8 2
SELECT round(2.567::float8, 2);

-- case 1e400 float8
SELECT 1e400::float8;

-- case sqrt 1
SELECT sqrt(-1);

-- case ln 0
SELECT ln(0);

-- case inf float8 inf float8 nan float8 nan float8 1e308
SELECT 'inf'::float8 - 'inf'::float8, 'nan'::float8 = 'nan'::float8, 1e308 * 10, 0.0 = -0.0, -0.0::float8;

-- case cast 1 5 as int cast 2 5 as
SELECT cast(1.5 AS int), cast(2.5 AS int), cast('1.9' AS numeric)::int, (-1.5)::int, 1.4999::int, 300::smallint, '  5 '::bigint;

-- case 40000 smallint
SELECT 40000::smallint;

-- case 32768 smallint 1 smallint
SELECT (-32768)::smallint / -1::smallint;

-- case 2147483648 1 9223372036854775808 1
SELECT -2147483648 / -1, -9223372036854775808 % -1;

-- case 9223372036854775808 1
SELECT (-9223372036854775808) / -1;

-- case abs 2147483648 abs 2147483648 int
SELECT abs(-2147483648), abs((-2147483648)::int);

-- case 1 1 5 2 float8 pg_typeof 1 1 5
SELECT 1 + 1.5 + 2::float8, pg_typeof(1 + 1.5)::text, pg_typeof(1 + 1.5::float4)::text, pg_typeof(1::bigint + 1)::text, pg_typeof(1::smallint + 1::smallint)::text, pg_typeof(sum(1))::text, pg_typeof(avg(1))::text, pg_typeof(1/2.0)::text, pg_typeof(date '2024-01-01' + interval '1 day')::text, pg_typeof(now() - now())::text, pg_typeof('a' || 1)::text, pg_typeof(count(*))::text;
