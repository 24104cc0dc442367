-- use shop
-- case integer parameter
SELECT name FROM customers WHERE id = $1;
-- with 1
-- with 99
-- with \N
-- case text parameter
SELECT id FROM customers WHERE name = $1;
-- with Ann
-- with it's
-- case two parameters
SELECT id FROM products WHERE price BETWEEN $1 AND $2;
-- with 1 | 10
-- with 0.001 | 0.6
-- case parameter used twice
SELECT id FROM customers WHERE id = $1 OR id = $1 + 1;
-- with 3
-- case parameters out of order
SELECT $2::text || $1::text AS x;
-- with a | b
-- case parameter with cast
SELECT $1::int + 1 AS x, pg_typeof($1::int)::text;
-- with 41
-- case parameter in select without type is text
SELECT $1 AS x;
-- with hello
-- case parameter of date
SELECT id FROM customers WHERE joined > $1;
-- with 2021-03-01
-- case parameter of timestamp
SELECT id FROM orders WHERE placed >= $1 AND placed < $2;
-- with 2024-02-01 | 2024-03-01
-- case parameter boolean
SELECT id FROM customers WHERE vip = $1;
-- with true
-- with f
-- case parameter in limit and offset | ordered
SELECT id FROM customers ORDER BY id LIMIT $1 OFFSET $2;
-- with 2 | 1
-- case parameter in in list
SELECT id FROM customers WHERE id IN ($1, $2, $3);
-- with 1 | 2 | 5
-- case parameter as array
SELECT id FROM customers WHERE id = ANY ($1);
-- with {1,2}
-- with {}
-- case parameter in like
SELECT id FROM customers WHERE name LIKE $1;
-- with A%
-- with %o%
-- case parameter in arithmetic
SELECT id, quantity * $1 FROM (SELECT order_id AS id, quantity FROM items) x WHERE quantity > $2;
-- with 2 | 9
-- case parameter in json operator
SELECT $1::jsonb ->> $2 AS x;
-- with {"a": 5} | a
-- case parameter in coalesce
SELECT coalesce($1, 5) AS x;
-- with 3
-- with \N
-- case parameter in case
SELECT CASE WHEN $1 THEN 'yes' ELSE 'no' END AS x;
-- with true
-- with \N
-- case parameter in function
SELECT upper($1), length($2), round($3, 1);
-- with abc | defg | 2.345
-- case parameter in interval arithmetic
SELECT timestamp '2024-01-01' + $1 AS x;
-- with 1 day
-- case parameter compared with interval
SELECT $1::interval > interval '1 hour' AS x;
-- with 2 hours
-- case parameter without a type
SELECT $1 IS NULL AS x;
-- with a
-- with \N
-- case parameter in insert
INSERT INTO customers (id, name, city, joined) VALUES ($1, $2, $3, $4) RETURNING *;
-- with 10 | Zed | \N | 2024-01-01
-- with 11 | Yob | Rome | \N
-- case parameter in insert of bad value
INSERT INTO customers (id, name) VALUES ($1, $2);
-- with abc | x
-- case parameter in update
UPDATE products SET price = price + $1 WHERE category = $2 RETURNING id, price;
-- with 1.5 | paper
-- case parameter in delete
DELETE FROM items WHERE order_id = $1 AND quantity > $2 RETURNING line;
-- with 102 | 3
-- case parameter in on conflict
INSERT INTO customers (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name || $3 RETURNING name;
-- with 1 | new | !
-- case parameter in group by having
SELECT city, count(*) FROM customers GROUP BY city HAVING count(*) >= $1;
-- with 2
-- case parameter in subquery
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = $1);
-- with open
-- case parameter in values
SELECT * FROM (VALUES ($1::int, 'a'), ($2, 'b')) v (n, t);
-- with 1 | 2
-- case parameter in union
SELECT id FROM customers WHERE id = $1 UNION SELECT id FROM products WHERE id = $2;
-- with 1 | 2
-- case parameter in window frame
SELECT id, sum(id) OVER (ORDER BY id ROWS $1 PRECEDING) FROM customers;
-- with 1
-- case bigint parameter
SELECT id FROM orders WHERE id = $1;
-- with 9223372036854775807
-- with 100
-- case integer parameter out of range
SELECT id FROM customers WHERE id = $1;
-- with 3000000000
-- case numeric parameter
SELECT id FROM products WHERE price = $1;
-- with 0.5
-- with 0.500
-- case float parameter
SELECT order_id, line FROM items WHERE discount > $1;
-- with 0.15
-- with NaN
-- case array parameter of text
SELECT id FROM products WHERE tags && $1;
-- with {office,odd}
-- case parameter equal null is unknown
SELECT count(*) FROM customers WHERE city = $1;
-- with \N
-- case parameter is not distinct
SELECT id FROM customers WHERE city IS NOT DISTINCT FROM $1;
-- with \N
-- with Oslo
-- case parameters of conflicting types
SELECT $1::int, $1::text;
-- with 5
-- case parameter number missing
SELECT $2::int AS x;
-- with 1 | 2
-- case parameter row comparison
SELECT order_id, line FROM items WHERE (order_id, line) = ($1, $2);
-- with 102 | 3
-- case parameter with generate_series
SELECT * FROM generate_series($1::int, $2::int) g;
-- with 1 | 3
-- case parameter of uuid and bytea
SELECT $1::uuid AS u, $2::bytea AS b;
-- with a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | \x0102
-- case parameter negative number
SELECT $1 * -1 AS x;
-- with -5
-- case too few values
SELECT $1::int + $2::int AS x;
-- with 1
