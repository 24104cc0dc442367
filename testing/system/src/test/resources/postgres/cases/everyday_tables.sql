-- Questions to a shop, answered with joins, windows, groups and series; rows before and after in RETURNING.
-- use shop
-- case c id x total from customers c left join | ordered
SELECT c.id, x.total FROM customers c LEFT JOIN (SELECT customer_id, sum(i.quantity * p.price) AS total FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY customer_id) x ON x.customer_id = c.id WHERE coalesce(x.total, 0) < 100 ORDER BY x.total NULLS FIRST, c.id;

-- case c name o placed o placed lag o placed | ordered
SELECT c.name, o.placed, o.placed - lag(o.placed) OVER (PARTITION BY c.id ORDER BY o.placed) AS gap FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY 1, 2;

-- case p name sum i quantity as q rank over | ordered
SELECT p.name, sum(i.quantity) AS q, rank() OVER (ORDER BY sum(i.quantity) DESC) FROM products p LEFT JOIN items i ON i.product_id = p.id GROUP BY p.id ORDER BY 3, 1;

-- case name salary salary avg salary over as above round | ordered
SELECT name, salary, salary > avg(salary) OVER () AS above, round(salary::numeric / max(salary) OVER () * 100, 1) AS pct FROM employees ORDER BY id;

-- case department name salary from select dense_rank over partition | ordered
SELECT department, name, salary FROM (SELECT *, dense_rank() OVER (PARTITION BY department ORDER BY salary DESC NULLS LAST) AS r FROM employees) t WHERE r <= 2 ORDER BY department NULLS LAST, r, name;

-- case id placed date as d count over partition by | ordered
SELECT id, placed::date AS d, count(*) OVER (PARTITION BY date_trunc('month', placed)) AS in_month, sum(id) OVER (PARTITION BY status ORDER BY placed) FROM orders ORDER BY id;

-- case with monthly as select date_trunc month placed as m | ordered
WITH monthly AS (SELECT date_trunc('month', placed) AS m, count(*) AS n FROM orders GROUP BY 1) SELECT m::date, n, n - lag(n) OVER (ORDER BY m) AS diff, sum(n) OVER (ORDER BY m) AS running FROM monthly ORDER BY m;

-- case with recursive t as select id name manager_id 0 | ordered
WITH RECURSIVE t AS (SELECT id, name, manager_id, 0 AS depth, ARRAY[id] AS path FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, e.name, e.manager_id, t.depth + 1, t.path || e.id FROM employees e JOIN t ON e.manager_id = t.id WHERE NOT e.id = ANY(t.path)) SELECT repeat('  ', depth) || name AS tree, path FROM t ORDER BY path;

-- case with recursive s n f as select 1 1 | ordered
WITH RECURSIVE s(n, f) AS (SELECT 1, 1::numeric UNION ALL SELECT n + 1, f * (n + 1) FROM s WHERE n < 20) SELECT n, f FROM s ORDER BY n DESC LIMIT 3;

-- case with recursive c x as select 27 union all
WITH RECURSIVE c(x) AS (SELECT 27 UNION ALL SELECT CASE WHEN x % 2 = 0 THEN x / 2 ELSE 3 * x + 1 END FROM c WHERE x <> 1) SELECT count(*), max(x) FROM c;

-- case generate_series as n from generate_series 1 20 where generate_series | ordered
SELECT generate_series AS n FROM generate_series(1, 20) WHERE generate_series % 3 = 0 ORDER BY n DESC;

-- case n case when n 15 0 then fizzbuzz when | ordered
SELECT n, CASE WHEN n % 15 = 0 THEN 'FizzBuzz' WHEN n % 5 = 0 THEN 'Buzz' WHEN n % 3 = 0 THEN 'Fizz' ELSE n::text END FROM generate_series(1, 15) n ORDER BY n;

-- case a n b n as p from generate_series 1 | ordered
SELECT a.n * b.n AS p FROM generate_series(1, 3) a(n), generate_series(1, 3) b(n) WHERE a.n <= b.n ORDER BY 1;

-- case d date to_char d dy extract isodow from d
SELECT d::date, to_char(d, 'Dy'), extract(isodow FROM d) IN (6, 7) AS weekend FROM generate_series(timestamp '2024-02-26', '2024-03-03', '1 day') d;

-- case width_bucket salary 4000 10000 3 as bucket count min | ordered
SELECT width_bucket(salary, 4000, 10000, 3) AS bucket, count(*), min(salary), max(salary) FROM employees WHERE salary IS NOT NULL GROUP BY 1 ORDER BY 1;

-- case array low mid high ntile 3 over order by | ordered
SELECT (ARRAY['low','mid','high'])[ntile(3) OVER (ORDER BY price)] AS tier, name FROM products ORDER BY price;

-- case string_agg x c order by x i desc from
SELECT string_agg(x.c, '' ORDER BY x.i DESC) FROM regexp_split_to_table('hello', '') WITH ORDINALITY AS x(c, i);

-- case word count from regexp_split_to_table lower the cat and the | ordered
SELECT word, count(*) FROM regexp_split_to_table(lower('The cat and the dog and THE bird'), '\s+') AS word GROUP BY word HAVING count(*) > 1 ORDER BY 2 DESC, 1;

-- case name length name length replace lower name a as
SELECT name, length(name) - length(replace(lower(name), 'a', '')) AS as FROM customers;

-- case name length name length replace lower name a as (2) | ordered
SELECT name, length(name) - length(replace(lower(name), 'a', '')) AS n FROM customers ORDER BY n DESC, name;

-- case id coalesce note none as note nullif note is | ordered
SELECT id, COALESCE(note, 'none') AS note, NULLIF(note, '') IS NULL AS empty, note ~* 'fragile' AS f FROM orders ORDER BY id;

-- case status count filter where note is null array_agg id | ordered
SELECT status, count(*) FILTER (WHERE note IS NULL), array_agg(id ORDER BY id) FILTER (WHERE note IS NOT NULL) FROM orders GROUP BY status ORDER BY status;

-- case o1 id o2 id from orders o1 join orders | ordered
SELECT o1.id, o2.id FROM orders o1 JOIN orders o2 ON o1.placed < o2.placed AND o2.placed < o1.placed + interval '15 days' ORDER BY 1, 2;

-- case distinct on o customer_id o customer_id o id i | ordered
SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, i.quantity FROM orders o JOIN items i ON i.order_id = o.id ORDER BY o.customer_id NULLS LAST, i.quantity DESC, o.id;

-- case from select city count as n from customers group | ordered
SELECT * FROM (SELECT city, count(*) AS n FROM customers GROUP BY city) a NATURAL FULL JOIN (SELECT city, max(name) AS last FROM customers WHERE vip GROUP BY city) b ORDER BY city NULLS LAST;

-- case coalesce a department b city as k a n | ordered
SELECT coalesce(a.department, b.city) AS k, a.n, b.n FROM (SELECT department, count(*) n FROM employees GROUP BY 1) a FULL JOIN (SELECT city, count(*) n FROM customers GROUP BY 1) b ON a.n = b.n AND a.department > b.city ORDER BY 1 NULLS LAST, 2, 3;

-- case c name case when exists select 1 from orders | ordered
SELECT c.name, CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'open') THEN 'has open' WHEN c.id IN (SELECT customer_id FROM orders) THEN 'done' ELSE 'none' END AS state FROM customers c ORDER BY c.id;

-- case c id from customers c where select max placed
SELECT c.id FROM customers c WHERE (SELECT max(placed) FROM orders o WHERE o.customer_id = c.id) > '2024-02-01' OR NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id);

-- case p id select string_agg distinct c name order by | ordered
SELECT p.id, (SELECT string_agg(DISTINCT c.name, ', ' ORDER BY c.name) FROM items i JOIN orders o ON o.id = i.order_id JOIN customers c ON c.id = o.customer_id WHERE i.product_id = p.id) AS buyers FROM products p ORDER BY p.id;

-- case e department e name from employees e where e | ordered
SELECT e.department, e.name FROM employees e WHERE e.salary >= ALL (SELECT x.salary FROM employees x WHERE x.department = e.department AND x.salary IS NOT NULL) ORDER BY 1, 2;

-- case name from products where category price in select category | ordered
SELECT name FROM products WHERE (category, price) IN (SELECT category, max(price) FROM products GROUP BY category) ORDER BY name;

-- case from products where id any select product_id from items | ordered
SELECT * FROM products WHERE id = ANY (SELECT product_id FROM items WHERE discount > 0.1) ORDER BY id;

-- case count from items i where i quantity select avg
SELECT count(*) FROM items i WHERE i.quantity > (SELECT avg(quantity) FROM items j WHERE j.product_id = i.product_id);

-- case array select distinct unnest tags from products order by
SELECT ARRAY(SELECT DISTINCT unnest(tags) FROM products ORDER BY 1);

-- case array_agg distinct t order by t desc from products
SELECT array_agg(DISTINCT t ORDER BY t DESC) FROM products, unnest(tags) t;

-- case p name array_length p tags 1 p tags array_upper | ordered
SELECT p.name, array_length(p.tags, 1), p.tags[array_upper(p.tags, 1)], p.tags || 'new'::text, array_remove(p.tags, 'office') FROM products p ORDER BY id;

-- case jsonb_object_agg p id jsonb_build_object n p name t p
SELECT jsonb_object_agg(p.id, jsonb_build_object('n', p.name, 't', p.tags)) -> '2' ->> 'n' FROM products p;

-- case jsonb_agg x from select name price from products where
SELECT jsonb_agg(x) FROM (SELECT name, price FROM products WHERE price > 3 ORDER BY price) x;

-- case key value numeric 2 from jsonb_each_text a 1 5 | ordered
SELECT key, value::numeric * 2 FROM jsonb_each_text('{"a": 1.5, "b": 2}') ORDER BY key;

-- case to_char sum price fm999 990 00 as total to_char
SELECT to_char(sum(price), 'FM999,990.00') AS total, to_char(avg(price), '99.99'), to_char(max(placed), 'DD.MM.YYYY') FROM products, orders;

-- case round avg price 2 percentile_cont 0 5 within group
SELECT round(avg(price), 2), percentile_cont(0.5) WITHIN GROUP (ORDER BY price), mode() WITHIN GROUP (ORDER BY category), stddev_samp(price)::numeric(10,4) FROM products;

-- case extract year from joined as y count from customers
SELECT extract(year FROM joined) AS y, count(*) FROM customers GROUP BY GROUPING SETS ((extract(year FROM joined)), ()) ORDER BY y NULLS LAST;

-- case city vip count grouping city vip from customers group
SELECT city, vip, count(*), grouping(city, vip) FROM customers GROUP BY CUBE (city, vip) ORDER BY grouping(city, vip), city NULLS LAST, vip NULLS LAST;

-- case department count from employees group by department order
SELECT department, count(*) FROM employees GROUP BY department ORDER BY count(*) DESC, department NULLS FIRST FETCH FIRST 2 ROWS ONLY;

-- case id name from products order by price desc offset | ordered
SELECT id, name FROM products ORDER BY price DESC OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY;

-- case name from employees order by manager_id nulls first salary | ordered
SELECT name FROM employees ORDER BY manager_id NULLS FIRST, salary DESC NULLS LAST, name;

-- case name case department when tech then 1 when sales | ordered
SELECT name, CASE department WHEN 'tech' THEN 1 WHEN 'sales' THEN 2 ELSE 3 END AS o FROM employees ORDER BY o, name DESC;

-- case from values 1 one 2 two 3 null as | ordered
SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (3, NULL)) AS t(n, w) WHERE w IS NOT NULL OR n > 2 ORDER BY n DESC;

-- case name c as t from customers where vip union | ordered
(SELECT name, 'c' AS t FROM customers WHERE vip) UNION ALL (SELECT name, 'e' FROM employees WHERE salary > 6000) ORDER BY t, name;

-- case city from customers where city is not null intersect | ordered
SELECT city FROM customers WHERE city IS NOT NULL INTERSECT SELECT city FROM customers WHERE NOT vip ORDER BY 1;

-- case id from customers except select customer_id from orders order | ordered
SELECT id FROM customers EXCEPT SELECT customer_id FROM orders ORDER BY 1;

-- case total as what count text as v from orders | ordered
SELECT 'total' AS what, count(*)::text AS v FROM orders UNION ALL SELECT 'paid', count(*)::text FROM orders WHERE status = 'paid' ORDER BY what;

-- case sum n from select count as n from orders
SELECT sum(n) FROM (SELECT count(*) AS n FROM orders UNION ALL SELECT count(*) FROM items) t;

-- case current_date date 2000 01 01 0 age date 2024
SELECT current_date - date '2000-01-01' > 0, age(date '2024-03-01', date '2024-02-01'), date '2024-02-29' + interval '1 year', date_trunc('week', date '2024-03-03')::date, extract(days FROM date_trunc('month', date '2024-02-10') + interval '1 month' - interval '1 day');

-- case date_part day timestamp 2024 03 10 timestamp 2024 03
SELECT date_part('day', timestamp '2024-03-10' - timestamp '2024-03-01'), extract(epoch FROM (timestamp '2024-01-02' - timestamp '2024-01-01')) / 3600, justify_hours(interval '100 hours'), interval '1 year' > interval '364 days';

-- case max a from values 1 null 3 v a
SELECT max(a) FROM (VALUES (1), (NULL), (3)) v(a) WHERE a <> 3 OR a IS NULL;

-- case count count a count distinct a sum a avg
SELECT count(*), count(a), count(DISTINCT a), sum(a), avg(a), min(a), max(a) FROM (VALUES (1), (NULL), (1), (2)) v(a);

-- case a b a b a b a is distinct
SELECT a, b, a = b, a <> b, a IS DISTINCT FROM b, coalesce(a, b) FROM (VALUES (1, 1), (1, NULL), (NULL, NULL)) v(a, b);

-- case bool_and a 0 bool_or a 2 every a is
SELECT bool_and(a > 0), bool_or(a > 2), every(a IS NOT NULL) FROM (VALUES (1), (NULL), (3)) v(a);

-- case x x int round x trunc x floor x
SELECT x, x::int, round(x), trunc(x), floor(x), ceil(x), x::numeric(3,1) FROM (VALUES (1.5), (2.5), (-1.5), (0.49)) v(x);

-- case 7 2 7 2 7 2 7 2 0
SELECT 7 / 2, 7 % 2, -7 / 2, 7 / 2.0, 7::float / 2, power(2, 3), 2 ^ 3, sqrt(16), abs(-3), sign(-2.5), mod(7, 3), gcd(12, 18), round(10.0 / 3, 3);

-- case upper a initcap the end left abcdef 3 substring
SELECT upper('a'), initcap('the end'), left('abcdef', 3), substring('abcdef' from 2 for 3), position('c' in 'abc'), replace('aaa', 'a', 'b'), split_part('a-b-c', '-', 2), reverse('abc'), repeat('ab', 2), lpad('1', 3, '0'), trim('  x '), concat_ws(', ', 'a', NULL, 'b'), length('abc'), 'a' || 1, format('%s is %s', 'x', 1), translate('abc', 'ab', 'xy'), md5('a');

-- case 2024 01 15 date between 2024 01 01 and
SELECT '2024-01-15'::date BETWEEN '2024-01-01' AND '2024-01-31', ('2024-01-01'::date, '2024-02-01'::date) OVERLAPS ('2024-01-15', '2024-03-01'), date '2024-01-31' + 1, to_date('15/01/2024', 'DD/MM/YYYY'), to_char(date '2024-01-15', 'FMMonth DD, YYYY'), date_trunc('quarter', date '2024-05-15'), extract(doy FROM date '2024-12-31');

-- case update products set price price 1 where id 3
UPDATE products SET price = price + 1 WHERE id < 3 RETURNING old.price, new.price, price, new.price - old.price AS d;
UPDATE products SET name = upper(name) WHERE id = 3 RETURNING old.*, new.*;
UPDATE products p SET price = 0 FROM items i WHERE i.product_id = p.id AND i.quantity = 8 RETURNING p.id, old.price, new.price, i.line, *;
DELETE FROM items WHERE order_id = 100 RETURNING old.line, new.line, line, old.quantity * 2;
INSERT INTO customers (id, name) VALUES (40, 'N') RETURNING old.id, new.id, new.name, id;
INSERT INTO customers (id, name) VALUES (1, 'N') ON CONFLICT (id) DO UPDATE SET name = 'M' RETURNING new.name;
INSERT INTO customers (id, name) VALUES (1, 'N') ON CONFLICT (id) DO NOTHING RETURNING old.name;
SELECT * FROM customers WHERE old.id = 1;
WITH u AS (UPDATE products SET price = price * 2 RETURNING id, old.price AS was, new.price AS now) SELECT * FROM u WHERE was <> now ORDER BY id;
UPDATE customers SET name = 'Z' WHERE id = 2 RETURNING old.nope;

-- case update customers set name z where id 2 returning
UPDATE customers SET name = 'Z' WHERE id = 2 RETURNING to_jsonb(old) ->> 'name', to_jsonb(new) ->> 'name';
UPDATE customers AS old SET name = 'Q' WHERE id = 2 RETURNING old.name, new.name;
