-- use shop
-- case scalar subquery
SELECT name, (SELECT count(*) FROM orders WHERE customer_id = c.id) AS orders FROM customers c;
-- case scalar subquery without rows is null
SELECT (SELECT name FROM customers WHERE id = 99);
-- case scalar subquery with two rows fails
SELECT (SELECT name FROM customers);
-- case scalar subquery with two columns fails
SELECT (SELECT id, name FROM customers WHERE id = 1);
-- case scalar subquery in where
SELECT id FROM products WHERE price = (SELECT max(price) FROM products);
-- case scalar subquery in arithmetic
SELECT id, price - (SELECT avg(price) FROM products WHERE category = 'paper') AS d FROM products;
-- case correlated scalar subquery in where
SELECT id, name FROM products p WHERE price > (SELECT avg(price) FROM products q WHERE q.category = p.category);
-- case correlated scalar in order by | ordered
SELECT id FROM customers c ORDER BY (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) DESC, id;
-- case in subquery
SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders);
-- case not in subquery with nulls is never true
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders);
-- case not in subquery without nulls
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL);
-- case not in empty subquery
SELECT id FROM customers WHERE city NOT IN (SELECT city FROM customers WHERE id > 100);
-- case in empty subquery
SELECT id FROM customers WHERE city IN (SELECT city FROM customers WHERE id > 100);
-- case in subquery as value
SELECT id, id IN (SELECT customer_id FROM orders) FROM customers;
-- case null in empty subquery is false
SELECT NULL::int IN (SELECT id FROM customers WHERE false), NULL::int IN (SELECT id FROM customers);
-- case row in subquery
SELECT id FROM orders WHERE (id, customer_id) IN (SELECT order_id, 1 FROM items);
-- case row not in subquery
SELECT id FROM orders WHERE (id, 1) NOT IN (SELECT order_id, line FROM items);
-- case exists
SELECT id FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id AND o.status = 'open');
-- case not exists
SELECT id FROM products p WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.product_id = p.id);
-- case exists in select list
SELECT id, EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) AS has FROM customers c;
-- case exists or exists
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'open') OR EXISTS (SELECT 1 FROM employees e WHERE e.id = c.id AND e.salary > 6000);
-- case exists uncorrelated
SELECT id FROM customers WHERE EXISTS (SELECT 1 FROM products WHERE price > 50);
-- case exists with aggregate is always true
SELECT id FROM customers WHERE EXISTS (SELECT count(*) FROM orders WHERE false);
-- case nested correlation over two levels
SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id AND i.quantity > c.id * 5));
-- case correlation skips a level
SELECT c.id, (SELECT max((SELECT count(*) FROM items i WHERE i.order_id = o.id AND c.vip)) FROM orders o WHERE o.customer_id = c.id) FROM customers c;
-- case equals any subquery
SELECT id FROM customers WHERE id = ANY (SELECT customer_id FROM orders WHERE status = 'paid');
-- case greater than all subquery
SELECT id FROM products WHERE price > ALL (SELECT price FROM products WHERE category = 'paper');
-- case greater than all empty is true
SELECT count(*) FROM products WHERE price > ALL (SELECT price FROM products WHERE category = 'none');
-- case less than some subquery
SELECT id FROM products WHERE price < SOME (SELECT price FROM products WHERE category = 'light');
-- case not equal all
SELECT id FROM customers WHERE id <> ALL (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL);
-- case all with nulls
SELECT id FROM customers WHERE id <> ALL (SELECT customer_id FROM orders);
-- case any with nulls as value
SELECT 1 = ANY (SELECT customer_id FROM orders), 99 = ANY (SELECT customer_id FROM orders), 99 > ALL (SELECT customer_id FROM orders);
-- case correlated any
SELECT p.id FROM products p WHERE p.price >= ALL (SELECT q.price FROM products q WHERE q.category = p.category);
-- case any of array
SELECT id FROM customers WHERE id = ANY (ARRAY[1, 3, 99]);
-- case all of array
SELECT id FROM customers WHERE id > ALL (ARRAY[1, 3]);
-- case any of array column
SELECT id FROM products WHERE 'office' = ANY (tags);
-- case all of empty array column
SELECT id FROM products WHERE 'office' = ALL (tags);
-- case any of array with null
SELECT 1 = ANY (ARRAY[1, NULL]), 2 = ANY (ARRAY[1, NULL]), 2 <> ALL (ARRAY[1, NULL]), 1 = ANY (NULL::int[]);
-- case any of array literal
SELECT id FROM customers WHERE name = ANY ('{Ann,Bob}');
-- case array subquery
SELECT c.id, ARRAY(SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC) FROM customers c;
-- case derived table
SELECT s.city, s.n FROM (SELECT city, count(*) AS n FROM customers GROUP BY city) AS s WHERE s.n > 1;
-- case derived table with limit
SELECT count(*) FROM (SELECT * FROM orders ORDER BY id LIMIT 3) x;
-- case derived table of distinct
SELECT count(*) FROM (SELECT DISTINCT city FROM customers) x;
-- case derived table column alias
SELECT x.n FROM (SELECT id, name FROM customers) x (i, n) WHERE i = 2;
-- case subquery in from with union
SELECT k, count(*) FROM (SELECT 'c' AS k FROM customers UNION ALL SELECT 'p' FROM products) u GROUP BY k;
-- case subquery in having
SELECT city, count(*) FROM customers GROUP BY city HAVING count(*) >= (SELECT count(*) FROM customers WHERE vip);
-- case subquery in group by
SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS n, count(*) FROM customers c GROUP BY (SELECT count(*) FROM orders o WHERE o.customer_id = c.id);
-- case subquery in case
SELECT id, CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) THEN 'buyer' ELSE 'visitor' END FROM customers c;
-- case subquery in join condition
SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id AND o.id = (SELECT max(id) FROM orders x WHERE x.customer_id = c.id);
-- case correlated exists with inequality
SELECT a.id FROM employees a WHERE NOT EXISTS (SELECT 1 FROM employees b WHERE b.department = a.department AND b.salary > a.salary);
-- case correlated aggregate compares with outer aggregate
SELECT department, max(salary) FROM employees e GROUP BY department HAVING max(salary) > (SELECT avg(salary) FROM employees x WHERE x.department = e.department);
-- case correlated subquery over outer group key
SELECT city, (SELECT count(*) FROM orders o JOIN customers x ON x.id = o.customer_id WHERE x.city = c.city) FROM customers c GROUP BY city;
-- case outer aggregate inside subquery
SELECT city, (SELECT max(p.price) FROM products p WHERE p.id <= count(c.id)) FROM customers c GROUP BY city;
-- case correlated limit subquery
SELECT c.id, (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed DESC LIMIT 1) AS last FROM customers c;
-- case correlated offset subquery
SELECT c.id, (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed OFFSET 1 LIMIT 1) AS second FROM customers c;
-- case correlated union in exists
SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id UNION ALL SELECT 1 FROM employees e WHERE e.id = c.id AND e.manager_id IS NULL);
-- case correlated subquery sums with coalesce
SELECT c.id, coalesce((SELECT sum(i.quantity * p.price) FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id WHERE o.customer_id = c.id), 0) AS spent FROM customers c;
-- case subquery alias shadows outer
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders c WHERE c.customer_id = 2);
-- case inner column wins over outer
SELECT id FROM customers WHERE id IN (SELECT id FROM products WHERE id > 4);
-- case outer column visible unqualified
SELECT name FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = customers.id AND vip);
-- case exists with group by having
SELECT c.id FROM customers c WHERE EXISTS (SELECT customer_id FROM orders o WHERE o.customer_id = c.id GROUP BY customer_id HAVING count(*) > 1);
-- case in with correlated condition
SELECT p.id FROM products p WHERE p.id IN (SELECT i.product_id FROM items i WHERE i.quantity > p.price);
-- case not in correlated
SELECT c.id FROM customers c WHERE 'paid' NOT IN (SELECT o.status FROM orders o WHERE o.customer_id = c.id);
-- case in subquery of other integer type
SELECT id FROM orders WHERE id IN (SELECT id + 99 FROM customers);
-- case two scalar subqueries multiplied
SELECT (SELECT count(*) FROM customers) * (SELECT count(*) FROM products) AS n;
-- case subquery with distinct on
SELECT * FROM (SELECT DISTINCT ON (city) city, name FROM customers WHERE city IS NOT NULL ORDER BY city, name) x WHERE name > 'B';
-- case not exists with or
SELECT c.id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id OR o.customer_id = c.id - 1);
-- case deep derived tables
SELECT max(n) FROM (SELECT count(*) AS n FROM (SELECT city FROM (SELECT * FROM customers WHERE id > 1) a) b GROUP BY city) c;
-- case limit in exists
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id LIMIT 0);
-- case subquery without alias in from
SELECT n FROM (SELECT count(*) AS n FROM items);
-- case row of scalar subqueries compared
SELECT (SELECT min(id) FROM customers) < (SELECT max(id) FROM customers) AND (SELECT NULL::boolean) IS NULL;
-- case any with like
SELECT name FROM customers WHERE name LIKE ANY (ARRAY['A%', '%o%']);
-- case in list with subquery element
SELECT id FROM customers WHERE id IN (1, (SELECT max(id) FROM customers));
-- case row compared with a subquery row
SELECT id FROM customers WHERE (id, name) = (SELECT 1, 'Ann');
-- case correlated count with left join inside
SELECT c.id, (SELECT count(i.line) FROM orders o LEFT JOIN items i ON i.order_id = o.id AND i.quantity > 5 WHERE o.customer_id = c.id) FROM customers c;
-- case correlated window in subquery
SELECT c.id, (SELECT max(rn) FROM (SELECT row_number() OVER (ORDER BY o.id) AS rn FROM orders o WHERE o.customer_id = c.id) x) FROM customers c;
