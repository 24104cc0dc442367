-- use shop
-- case inner join
SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id;
-- case inner join keyword
SELECT c.name, o.id FROM customers c INNER JOIN orders o ON c.id = o.customer_id WHERE o.status = 'paid';
-- case left join
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id;
-- case left outer join with is null is an anti join
SELECT c.id FROM customers c LEFT OUTER JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;
-- case left join condition on left side only
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND c.vip;
-- case left join condition on right side only
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'open';
-- case left join filter in where on right side
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.status = 'open';
-- case right join
SELECT c.id, o.id FROM customers c RIGHT JOIN orders o ON o.customer_id = c.id;
-- case full join
SELECT c.id, o.id FROM customers c FULL JOIN orders o ON o.customer_id = c.id;
-- case full outer join with filter
SELECT c.id, o.id FROM customers c FULL OUTER JOIN orders o ON o.customer_id = c.id WHERE c.id IS NULL OR o.id IS NULL;
-- case cross join
SELECT c.id, p.id FROM customers c CROSS JOIN products p WHERE c.id < 3 AND p.id < 3;
-- case comma join
SELECT c.name, o.id FROM customers c, orders o WHERE o.customer_id = c.id;
-- case join using
SELECT * FROM (SELECT id, name FROM customers) a JOIN (SELECT id, status FROM orders) b USING (id);
-- case using merges columns
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x (k, p) JOIN (VALUES (2, 'c'), (3, 'd')) y (k, q) USING (k);
-- case left join using takes the left value
SELECT k, p, q FROM (VALUES (1, 'a'), (2, 'b')) x (k, p) LEFT JOIN (VALUES (2, 'c'), (3, 'd')) y (k, q) USING (k);
-- case right join using takes the right value
SELECT k, p, q FROM (VALUES (1, 'a'), (2, 'b')) x (k, p) RIGHT JOIN (VALUES (2, 'c'), (3, 'd')) y (k, q) USING (k);
-- case full join using coalesces
SELECT k, x.k AS xk, y.k AS yk FROM (VALUES (1, 'a'), (2, 'b')) x (k, p) FULL JOIN (VALUES (2, 'c'), (3, 'd')) y (k, q) USING (k);
-- case natural join
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x (k, p) NATURAL JOIN (VALUES (2, 'c'), (3, 'd')) y (k, q);
-- case natural left join
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x (k, p) NATURAL LEFT JOIN (VALUES (2, 'c'), (3, 'd')) y (k, q);
-- case natural join without common columns is a product
SELECT * FROM (VALUES (1), (2)) x (a) NATURAL JOIN (VALUES (3), (4)) y (b);
-- case three way join
SELECT c.name, p.name, i.quantity FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id;
-- case left join chain
SELECT c.id, o.id, i.line FROM customers c LEFT JOIN orders o ON o.customer_id = c.id LEFT JOIN items i ON i.order_id = o.id;
-- case parenthesised join
SELECT c.id, o.id, i.line FROM customers c LEFT JOIN (orders o JOIN items i ON i.order_id = o.id) ON o.customer_id = c.id;
-- case self join
SELECT e.name, m.name AS boss FROM employees e LEFT JOIN employees m ON e.manager_id = m.id;
-- case self join pairs
SELECT a.id, b.id FROM customers a JOIN customers b ON a.city = b.city AND a.id < b.id;
-- case non equi join
SELECT a.id, b.id FROM products a JOIN products b ON a.price < b.price;
-- case left join on inequality
SELECT a.id, b.id FROM products a LEFT JOIN products b ON a.price > b.price * 20;
-- case full join on inequality is refused
SELECT a.id, b.id FROM products a FULL JOIN products b ON a.price > b.price;
-- case join on expression
SELECT a.id, b.id FROM customers a JOIN customers b ON lower(a.name) = lower(b.name) AND a.id <> b.id;
-- case join on true
SELECT count(*) FROM customers JOIN products ON true;
-- case left join on false
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON false;
-- case join with or condition
SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id OR o.status = 'cancelled';
-- case join on different integer widths
SELECT o.id, i.line FROM orders o JOIN items i ON i.order_id = o.id AND i.line = 2;
-- case join integer with numeric
SELECT p.id, v.n FROM products p JOIN (VALUES (1.0), (2.5), (3)) v (n) ON p.id = v.n;
-- case join null keys never match
SELECT a.id, b.id FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id;
-- case join is not distinct from matches nulls
SELECT a.id, b.id FROM customers a JOIN customers b ON a.city IS NOT DISTINCT FROM b.city AND a.id < b.id;
-- case inner lateral
SELECT c.name, x.id FROM customers c, LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed DESC LIMIT 1) x;
-- case left lateral
SELECT c.name, x.id FROM customers c LEFT JOIN LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed LIMIT 2) x ON true;
-- case lateral function
SELECT p.id, t FROM products p, unnest(p.tags) AS t;
-- case lateral function with left join
SELECT p.id, t.tag FROM products p LEFT JOIN LATERAL unnest(p.tags) AS t (tag) ON true;
-- case lateral aggregates
SELECT c.id, s.n, s.total FROM customers c CROSS JOIN LATERAL (SELECT count(*) AS n, sum(i.quantity) AS total FROM orders o JOIN items i ON i.order_id = o.id WHERE o.customer_id = c.id) s;
-- case lateral refers to two tables
SELECT a.id, b.id, s.x FROM customers a, products b, LATERAL (SELECT a.id * 10 + b.id AS x) s WHERE a.id < 3 AND b.id < 3;
-- case lateral values
SELECT c.id, v.k FROM customers c, LATERAL (VALUES (c.id), (c.id * 10)) v (k) WHERE c.id <= 2;
-- case subquery sees no sibling without lateral
SELECT * FROM customers c, (SELECT c.id) x;
-- case join with aggregated subquery
SELECT c.name, s.n FROM customers c JOIN (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) s ON s.customer_id = c.id;
-- case join of two aggregates
SELECT a.city, a.n, b.n FROM (SELECT city, count(*) n FROM customers GROUP BY city) a FULL JOIN (SELECT city, count(*) n FROM customers WHERE vip GROUP BY city) b ON a.city = b.city;
-- case alias of a join
SELECT j.id FROM (customers c JOIN (SELECT 1 AS one) o ON c.id = o.one) AS j;
-- case join alias with using
SELECT k FROM (VALUES (1)) a (k) JOIN (VALUES (1)) b (k) USING (k) WHERE a.k = 1 AND b.k = 1;
-- case outer join then group
SELECT c.id, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
-- case semi join by exists
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
-- case anti join by not exists
SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
-- case star of one side
SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = 100;
-- case using with unknown column
SELECT * FROM customers JOIN orders USING (nothing);
-- case join using incompatible types
SELECT * FROM (VALUES (1)) a (k) JOIN (VALUES ('x')) b (k) USING (k);
-- case join without condition is an error
SELECT * FROM customers JOIN orders;
-- case join condition sees earlier tables only
SELECT * FROM customers c JOIN orders o ON o.id = i.order_id JOIN items i ON true;
-- case comma binds weaker than join
SELECT * FROM customers c, orders o JOIN items i ON c.id = i.order_id;

-- use numbers
-- case natural join on all common columns with nulls
SELECT * FROM l NATURAL JOIN r;
-- case duplicates multiply
SELECT l.a, l.b, r.b FROM l JOIN r ON l.a = r.a;
-- case left join with duplicates
SELECT l.a, l.b, r.b FROM l LEFT JOIN r ON l.a = r.a;
-- case right join with duplicates
SELECT l.a, l.b, r.b FROM l RIGHT JOIN r ON l.a = r.a;
-- case full join with duplicates
SELECT l.a, l.b, r.a, r.b FROM l FULL JOIN r ON l.a = r.a;
-- case full join on two keys
SELECT l.*, r.* FROM l FULL JOIN r ON l.a = r.a AND l.c = r.c;
-- case full join with extra condition
SELECT l.a, l.b, r.a, r.b FROM l FULL JOIN r ON l.a = r.a AND l.b < r.b;
-- case join with empty right
SELECT l.a, e.a FROM l JOIN e ON l.a = e.a;
-- case left join with empty right
SELECT l.a, e.a FROM l LEFT JOIN e ON l.a = e.a;
-- case right join with empty left
SELECT l.a, e.a FROM e RIGHT JOIN l ON l.a = e.a;
-- case full join with empty side
SELECT l.a, e.a FROM e FULL JOIN l ON l.a = e.a;
-- case full join of using three tables
SELECT a, l.b, r.b, e.b FROM l FULL JOIN r USING (a) FULL JOIN e USING (a);
-- case cross join with empty
SELECT * FROM l CROSS JOIN e;
-- case join on sum of columns
SELECT l.a, r.a FROM l JOIN r ON l.a + 1 = r.a;
-- case left join with condition in subquery
SELECT l.a, (SELECT count(*) FROM r WHERE r.a = l.a) FROM l;
-- case left join then inner join drops null rows
SELECT l.a, r.b, x.b FROM l LEFT JOIN r ON l.a = r.a JOIN l x ON x.a = r.a;
-- case left join where condition null safe
SELECT l.a, l.b FROM l LEFT JOIN r ON l.a IS NOT DISTINCT FROM r.a WHERE r.c IS NULL;
