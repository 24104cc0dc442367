-- use shop
-- case single cte
WITH berlin AS (SELECT * FROM customers WHERE city = 'Berlin') SELECT id, name FROM berlin;
-- case cte used twice
WITH t AS (SELECT id, city FROM customers) SELECT a.id, b.id FROM t a JOIN t b ON a.city = b.city AND a.id < b.id;
-- case cte refers to an earlier one
WITH a AS (SELECT id FROM customers WHERE vip), b AS (SELECT id * 10 AS x FROM a) SELECT * FROM b;
-- case cte with column names
WITH t (k, n) AS (SELECT city, count(*) FROM customers GROUP BY city) SELECT k FROM t WHERE n > 1;
-- case cte hides a table
WITH customers AS (SELECT 1 AS id) SELECT * FROM customers;
-- case cte in a subquery
SELECT (WITH x AS (SELECT 5 AS v) SELECT v FROM x) AS five;
-- case cte in a derived table
SELECT * FROM (WITH x AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT sum(a) AS s FROM x) q;
-- case nested cte
WITH outer_one AS (WITH inner_one AS (SELECT 1 AS a) SELECT a + 1 AS b FROM inner_one) SELECT b FROM outer_one;
-- case cte materialized
WITH t AS MATERIALIZED (SELECT id FROM customers WHERE vip) SELECT count(*) FROM t;
-- case cte not materialized
WITH t AS NOT MATERIALIZED (SELECT id FROM customers WHERE vip) SELECT count(*) FROM t;
-- case cte with values
WITH v (a, b) AS (VALUES (1, 'x'), (2, 'y')) SELECT b FROM v WHERE a = 2;
-- case cte correlated from a subquery
WITH totals AS (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) SELECT c.id, (SELECT n FROM totals t WHERE t.customer_id = c.id) FROM customers c;
-- case unused cte
WITH unused AS (SELECT 1 / 0) SELECT 1 AS a;
-- case recursive counter
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT sum(i), count(*) FROM n;
-- case recursive hierarchy
WITH RECURSIVE tree AS (SELECT id, name, manager_id, 1 AS level FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, e.name, e.manager_id, t.level + 1 FROM employees e JOIN tree t ON e.manager_id = t.id) SELECT id, name, level FROM tree;
-- case recursive path
WITH RECURSIVE tree (id, path) AS (SELECT id, name FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, t.path || '/' || e.name FROM employees e JOIN tree t ON e.manager_id = t.id) SELECT path FROM tree;
-- case recursive union stops on cycles
WITH RECURSIVE edges (a, b) AS (VALUES (1, 2), (2, 3), (3, 1), (3, 4)), reach (x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT x FROM reach;
-- case recursive fibonacci | ordered
WITH RECURSIVE fib (n, a, b) AS (SELECT 1, 0::bigint, 1::bigint UNION ALL SELECT n + 1, b, a + b FROM fib WHERE n < 15) SELECT n, a FROM fib ORDER BY n;
-- case recursive with arrays
WITH RECURSIVE walk (id, seen) AS (SELECT 1, ARRAY[1] UNION ALL SELECT e.id, w.seen || e.id FROM employees e JOIN walk w ON e.manager_id = w.id) SELECT id, seen FROM walk;
-- case recursive with limit outside
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i * 2 FROM n) SELECT i FROM n LIMIT 8;
-- case recursive with two ctes
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4), m AS (SELECT i * i AS sq FROM n) SELECT * FROM m;
-- case recursive salary sum of subordinates
WITH RECURSIVE sub (boss, id) AS (SELECT id, id FROM employees UNION ALL SELECT s.boss, e.id FROM employees e JOIN sub s ON e.manager_id = s.id) SELECT boss, count(*) - 1 AS below, sum(e.salary) FROM sub JOIN employees e ON e.id = sub.id GROUP BY boss;
-- case recursive keyword without recursion
WITH RECURSIVE t AS (SELECT id FROM customers WHERE vip) SELECT * FROM t;
-- case recursive term with aggregate is refused
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT max(i) + 1 FROM n WHERE i < 3) SELECT * FROM n;
-- case recursive reference outside union is refused
WITH RECURSIVE n AS (SELECT * FROM n) SELECT * FROM n;
-- case recursive type mismatch is refused
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 0.5 FROM n WHERE i < 3) SELECT * FROM n;
-- case unknown cte
WITH a AS (SELECT 1) SELECT * FROM b;
-- case forward reference is refused
WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a;
-- case duplicate cte name
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a;
-- case too many cte columns
WITH a (x, y) AS (SELECT 1) SELECT * FROM a;
-- case with in union
WITH t AS (SELECT 1 AS x) SELECT x FROM t UNION ALL SELECT x + 1 FROM t;
-- case cte with order and limit | ordered
WITH t AS (SELECT id FROM customers ORDER BY id DESC LIMIT 3) SELECT id FROM t ORDER BY id;
-- case generate_series in recursive date range | ordered
WITH RECURSIVE d (day) AS (SELECT date '2024-02-27' UNION ALL SELECT day + 1 FROM d WHERE day < date '2024-03-02') SELECT day FROM d ORDER BY day;
-- case insert in a cte
WITH ins AS (INSERT INTO customers (id, name) VALUES (50, 'New') RETURNING id, name) SELECT * FROM ins;
-- case delete in a cte feeds an insert
WITH gone AS (DELETE FROM items WHERE order_id = 102 RETURNING quantity) SELECT count(*), sum(quantity) FROM gone;
SELECT count(*) FROM items;
-- case cte before insert
WITH src AS (SELECT 60 AS id, 'Sixty' AS name) INSERT INTO customers (id, name) SELECT id, name FROM src;
SELECT id, name FROM customers WHERE id = 60;
-- case cte before update
WITH src AS (SELECT id FROM customers WHERE vip) UPDATE customers SET city = 'Rome' WHERE id IN (SELECT id FROM src);
SELECT id, city FROM customers;
-- case cte before delete
WITH src AS (SELECT order_id FROM items WHERE quantity > 50) DELETE FROM orders WHERE id IN (SELECT order_id FROM src) RETURNING id;
