-- use shop
-- case row_number | ordered
SELECT id, row_number() OVER (ORDER BY id DESC) FROM customers ORDER BY id;
-- case row_number partitioned
SELECT id, department, row_number() OVER (PARTITION BY department ORDER BY id) FROM employees;
-- case rank and dense_rank
SELECT id, salary, rank() OVER (ORDER BY salary DESC), dense_rank() OVER (ORDER BY salary DESC) FROM employees;
-- case percent_rank and cume_dist
SELECT id, percent_rank() OVER (ORDER BY hired), cume_dist() OVER (ORDER BY hired) FROM employees;
-- case ntile
SELECT id, ntile(3) OVER (ORDER BY id) FROM employees;
-- case ntile more buckets than rows
SELECT id, ntile(20) OVER (ORDER BY id) FROM customers;
-- case lag and lead
SELECT id, lag(name) OVER (ORDER BY id), lead(name) OVER (ORDER BY id) FROM customers;
-- case lag with offset and default
SELECT id, lag(name, 2, 'none') OVER (ORDER BY id), lead(id, 2, -1) OVER (ORDER BY id) FROM customers;
-- case lag with zero and negative offset
SELECT id, lag(id, 0) OVER (ORDER BY id), lag(id, -1) OVER (ORDER BY id) FROM customers;
-- case first_value and last_value
SELECT id, first_value(name) OVER (ORDER BY id), last_value(name) OVER (ORDER BY id) FROM customers;
-- case last_value over whole partition
SELECT id, last_value(name) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM customers;
-- case nth_value
SELECT id, nth_value(name, 2) OVER (ORDER BY id) FROM customers;
-- case running sum
SELECT id, quantity, sum(quantity) OVER (ORDER BY order_id, line) FROM items JOIN orders ON id = order_id;
-- case running sum has peers
SELECT id, salary, sum(salary) OVER (ORDER BY salary) FROM employees;
-- case sum over everything
SELECT id, sum(id) OVER () FROM customers;
-- case sum over partition
SELECT id, city, sum(id) OVER (PARTITION BY city) FROM customers;
-- case share of total
SELECT id, round(price / sum(price) OVER () * 100, 2) AS share FROM products;
-- case count and avg over partition
SELECT id, count(*) OVER (PARTITION BY department), avg(salary) OVER (PARTITION BY department) FROM employees;
-- case moving average rows
SELECT id, avg(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM employees;
-- case rows preceding only
SELECT id, sum(id) OVER (ORDER BY id ROWS 2 PRECEDING) FROM customers;
-- case rows following frame
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM customers;
-- case rows current row to unbounded
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM customers;
-- case range with offset
SELECT id, sum(id) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND 2 FOLLOWING) FROM customers;
-- case range with interval
SELECT id, count(*) OVER (ORDER BY placed RANGE BETWEEN interval '10 days' PRECEDING AND CURRENT ROW) FROM orders;
-- case range current row takes peers
SELECT id, salary, count(*) OVER (ORDER BY salary RANGE BETWEEN CURRENT ROW AND CURRENT ROW) FROM employees;
-- case range descending with offset
SELECT id, sum(id) OVER (ORDER BY id DESC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customers;
-- case groups frame
SELECT id, salary, sum(id) OVER (ORDER BY salary GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM employees;
-- case exclude current row
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM customers;
-- case exclude ties
SELECT id, salary, sum(id) OVER (ORDER BY salary RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM employees;
-- case exclude group
SELECT id, salary, count(*) OVER (ORDER BY salary ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM employees;
-- case named window
SELECT id, sum(id) OVER w, count(*) OVER w FROM customers WINDOW w AS (PARTITION BY city ORDER BY id);
-- case named window extended
SELECT id, sum(id) OVER (w ORDER BY id), max(id) OVER w FROM customers WINDOW w AS (PARTITION BY vip);
-- case two named windows
SELECT id, rank() OVER a, rank() OVER b FROM employees WINDOW a AS (ORDER BY salary), b AS (ORDER BY hired DESC);
-- case window with nulls last
SELECT id, row_number() OVER (ORDER BY salary DESC NULLS LAST, id) FROM employees;
-- case window over expression
SELECT id, sum(salary * 2) OVER (PARTITION BY id % 2 ORDER BY id) FROM employees;
-- case window function in expression
SELECT id, salary - avg(salary) OVER (PARTITION BY department) AS d FROM employees;
-- case window over aggregate
SELECT city, count(*), sum(count(*)) OVER (ORDER BY city) FROM customers GROUP BY city;
-- case rank over aggregate
SELECT department, sum(salary), rank() OVER (ORDER BY sum(salary) DESC NULLS LAST) FROM employees GROUP BY department;
-- case window in order by | ordered
SELECT id FROM employees ORDER BY rank() OVER (ORDER BY salary NULLS FIRST), id;
-- case window with filter
SELECT id, count(*) FILTER (WHERE vip) OVER (ORDER BY id) FROM customers;
-- case distinct on window result
SELECT DISTINCT rank() OVER (ORDER BY salary) FROM employees;
-- case top row per group
SELECT department, name FROM (SELECT department, name, row_number() OVER (PARTITION BY department ORDER BY salary DESC NULLS LAST, id) AS rn FROM employees) x WHERE rn = 1;
-- case limit after window | ordered
SELECT id, row_number() OVER (ORDER BY id) FROM customers ORDER BY id LIMIT 2;
-- case window partition by two columns
SELECT id, count(*) OVER (PARTITION BY city, vip) FROM customers;
-- case running string_agg
SELECT id, string_agg(name, ',') OVER (ORDER BY id) FROM customers;
-- case running array_agg
SELECT id, array_agg(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM customers;
-- case running min and max
SELECT id, min(salary) OVER (ORDER BY id), max(salary) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM employees;
-- case first_value respects nulls
SELECT id, first_value(city) OVER (ORDER BY city NULLS FIRST, id) FROM customers;
-- case empty frame gives null
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 5 FOLLOWING AND 6 FOLLOWING), count(*) OVER (ORDER BY id ROWS BETWEEN 5 FOLLOWING AND 6 FOLLOWING) FROM customers;
-- case lead in a partition
SELECT id, department, lead(id) OVER (PARTITION BY department ORDER BY id) FROM employees;
-- case difference to previous row
SELECT id, placed - lag(placed) OVER (ORDER BY placed, id) AS gap FROM orders;
-- case window over no rows
SELECT id, rank() OVER (ORDER BY id) FROM customers WHERE false;
-- case window in where is refused
SELECT id FROM customers WHERE row_number() OVER (ORDER BY id) = 1;
-- case window in group by is refused
SELECT count(*) FROM customers GROUP BY row_number() OVER ();
-- case nested window is refused
SELECT sum(row_number() OVER ()) OVER () FROM customers;
-- case unknown window name
SELECT sum(id) OVER nothing FROM customers;
-- case rank without over
SELECT rank() FROM customers;
-- case plain function with over
SELECT upper(name) OVER () FROM customers;
-- case distinct aggregate in window is refused
SELECT count(DISTINCT city) OVER () FROM customers;
-- case ntile of zero
SELECT ntile(0) OVER (ORDER BY id) FROM customers;
-- case negative frame offset
SELECT sum(id) OVER (ORDER BY id ROWS -1 PRECEDING) FROM customers;
-- case frame start after end
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM customers;
-- case window sum of numeric and float
SELECT id, sum(price) OVER (ORDER BY id), sum(price::float8) OVER (ORDER BY id) FROM products;
-- case bool window
SELECT id, bool_or(vip) OVER (ORDER BY id), bool_and(vip) OVER (ORDER BY id) FROM customers;
-- case several windows of different order
SELECT id, row_number() OVER (ORDER BY name), row_number() OVER (ORDER BY city NULLS FIRST, id), count(*) OVER () FROM customers;
-- case window over a join
SELECT c.id, o.id, row_number() OVER (PARTITION BY c.id ORDER BY o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id;
-- case window over a set operation
SELECT x, row_number() OVER (ORDER BY x) FROM (SELECT 3 AS x UNION SELECT 1 UNION SELECT 2) u;
-- case lag default of another type
SELECT id, lag(price, 1, 0) OVER (ORDER BY id) FROM products;
