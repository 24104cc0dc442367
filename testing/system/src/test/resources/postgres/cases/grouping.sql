-- use shop
-- case group by one column
SELECT city, count(*) FROM customers GROUP BY city;
-- case group by with null group
SELECT category, sum(price) FROM products GROUP BY category;
-- case group by two columns
SELECT city, vip, count(*) FROM customers GROUP BY city, vip;
-- case group by position
SELECT city, count(*) FROM customers GROUP BY 1;
-- case group by alias
SELECT lower(name) AS n, count(*) FROM customers GROUP BY n;
-- case group by expression
SELECT length(name), count(*) FROM customers GROUP BY length(name);
-- case group by expression reused inside another
SELECT id % 2 + 1, count(*) FROM customers GROUP BY id % 2;
-- case group by input column wins over alias
SELECT -id AS id, count(*) FROM customers GROUP BY id;
-- case group by primary key allows other columns
SELECT c.id, c.name, c.city, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
-- case group by without aggregate
SELECT city FROM customers GROUP BY city;
-- case group by constant
SELECT 'x' AS k, count(*) FROM customers GROUP BY k;
-- case group by empty input
SELECT city, count(*) FROM customers WHERE false GROUP BY city;
-- case aggregate of empty input
SELECT count(*), sum(id), min(name), avg(id), bool_and(vip), array_agg(id), string_agg(name, ',') FROM customers WHERE false;
-- case having
SELECT city, count(*) FROM customers GROUP BY city HAVING count(*) > 1;
-- case having without group by
SELECT count(*) FROM customers HAVING count(*) > 100;
-- case having without group by and aggregates
SELECT 1 FROM customers HAVING true;
-- case having on group key
SELECT city, max(id) FROM customers GROUP BY city HAVING city LIKE 'P%';
-- case having with aggregate not selected
SELECT city FROM customers GROUP BY city HAVING bool_or(vip);
-- case where and having together
SELECT status, count(*) FROM orders WHERE customer_id IS NOT NULL GROUP BY status HAVING min(id) < 103;
-- case order by aggregate | ordered
SELECT city, count(*) FROM customers GROUP BY city ORDER BY count(*) DESC, city;
-- case order by aggregate not selected | ordered
SELECT city FROM customers GROUP BY city ORDER BY sum(id) DESC, city;
-- case distinct after grouping
SELECT DISTINCT count(*) FROM customers GROUP BY city;
-- case distinct on after grouping | ordered
SELECT DISTINCT ON (count(*)) count(*), city FROM customers GROUP BY city ORDER BY count(*), city;
-- case count column skips nulls
SELECT count(*), count(city), count(joined), count(DISTINCT city) FROM customers;
-- case sums of all integer types
SELECT sum(line), pg_typeof(sum(line))::text, sum(quantity), pg_typeof(sum(quantity))::text, sum(order_id), pg_typeof(sum(order_id))::text FROM items;
-- case averages
SELECT avg(line), avg(quantity), avg(order_id), avg(discount) FROM items;
-- case average of numeric
SELECT avg(price), sum(price), min(price), max(price) FROM products;
-- case sum of float
SELECT sum(discount), min(discount), max(discount), count(discount) FROM items;
-- case min and max of text
SELECT min(name), max(name) FROM customers;
-- case min and max of dates and timestamps
SELECT min(joined), max(joined), (SELECT min(placed) FROM orders), (SELECT max(placed) FROM orders) FROM customers;
-- case min and max of an interval and time
SELECT min(i), max(i) FROM (VALUES (interval '1 day'), ('25 hours'), ('1 mon')) v (i);
-- case bool aggregates
SELECT bool_and(vip), bool_or(vip), every(vip) FROM customers;
-- case bit aggregates
SELECT bit_and(id), bit_or(id), bit_xor(id) FROM customers;
-- case string_agg ordered
SELECT string_agg(name, ', ' ORDER BY name) FROM customers;
-- case string_agg ordered by another column
SELECT string_agg(name, '' ORDER BY id DESC) FROM customers;
-- case string_agg distinct
SELECT string_agg(DISTINCT city, ';') FROM customers;
-- case string_agg skips nulls
SELECT string_agg(city, ',' ORDER BY id) FROM customers;
-- case string_agg per group
SELECT city, string_agg(name, '/' ORDER BY name) FROM customers GROUP BY city;
-- case array_agg ordered
SELECT array_agg(id ORDER BY id DESC) FROM customers;
-- case array_agg keeps nulls
SELECT array_agg(city ORDER BY id) FROM customers;
-- case array_agg distinct
SELECT array_agg(DISTINCT city) FROM customers;
-- case array_agg distinct ordered descending
SELECT array_agg(DISTINCT city ORDER BY city DESC) FROM customers;
-- case json aggregates
SELECT jsonb_agg(name ORDER BY id), jsonb_object_agg(name, id ORDER BY id) FROM customers WHERE id < 4;
-- case json_agg of expressions
SELECT jsonb_agg(jsonb_build_object('id', id, 'city', city) ORDER BY id) FROM customers WHERE id > 3;
-- case aggregate filter
SELECT count(*) FILTER (WHERE vip), count(*) FILTER (WHERE city = 'Berlin'), sum(id) FILTER (WHERE id > 100) FROM customers;
-- case aggregate filter per group
SELECT city, count(*) FILTER (WHERE vip) AS vips, count(*) FROM customers GROUP BY city;
-- case count distinct per group
SELECT status, count(DISTINCT customer_id) FROM orders GROUP BY status;
-- case sum distinct
SELECT sum(DISTINCT salary), sum(salary), avg(DISTINCT salary) FROM employees;
-- case distinct with filter
SELECT count(DISTINCT city) FILTER (WHERE id < 4) FROM customers;
-- case variance and deviation
SELECT round(variance(salary), 4), round(var_pop(salary), 4), round(stddev(salary), 4), round(stddev_pop(salary), 4), round(stddev_samp(salary), 4), round(var_samp(salary), 4) FROM employees;
-- case variance of one row
SELECT variance(x), var_pop(x), stddev(x) FROM (VALUES (5)) v (x);
-- case variance of floats
SELECT round(stddev(x)::numeric, 6), round(var_pop(x)::numeric, 6) FROM (VALUES (1.5::float8), (2.5), (4)) v (x);
-- case correlation and regression
SELECT round(corr(y, x)::numeric, 6), round(regr_slope(y, x)::numeric, 6), regr_count(y, x), round(covar_pop(y, x)::numeric, 6) FROM (VALUES (1.0::float8, 2.0::float8), (2, 4.1), (3, 6.2)) v (x, y);
-- case percentile_cont
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY salary), percentile_disc(0.5) WITHIN GROUP (ORDER BY salary) FROM employees;
-- case mode
SELECT mode() WITHIN GROUP (ORDER BY city) FROM customers;
-- case percentile_disc of text descending
SELECT percentile_disc(0.25) WITHIN GROUP (ORDER BY name DESC) FROM customers;
-- case nested expression over aggregates
SELECT sum(quantity) * 2 + count(*) AS x, max(quantity) - min(quantity) AS span FROM items;
-- case aggregate over expression
SELECT sum(quantity * 2), sum(CASE WHEN quantity > 5 THEN 1 ELSE 0 END) FROM items;
-- case aggregate over join
SELECT p.category, sum(i.quantity * p.price) AS revenue FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.category;
-- case group by date_trunc | ordered
SELECT date_trunc('month', placed) AS m, count(*) FROM orders GROUP BY m ORDER BY m;
-- case group by extract | ordered
SELECT extract(year FROM joined) AS y, count(*) FROM customers GROUP BY 1 ORDER BY 1;
-- case group by case
SELECT CASE WHEN price < 5 THEN 'cheap' WHEN price < 50 THEN 'fair' ELSE 'dear' END AS class, count(*) FROM products GROUP BY 1;
-- case group by boolean expression
SELECT id > 3 AS big, count(*) FROM customers GROUP BY id > 3;
-- case group by all grouping columns in another order
SELECT vip, city, min(id) FROM customers GROUP BY (city), (vip);
-- case rollup
SELECT city, vip, count(*) FROM customers GROUP BY ROLLUP (city, vip);
-- case rollup with grouping
SELECT city, vip, grouping(city), grouping(vip), grouping(city, vip), count(*) FROM customers GROUP BY ROLLUP (city, vip);
-- case cube
SELECT status, customer_id, count(*) FROM orders GROUP BY CUBE (status, customer_id);
-- case grouping sets
SELECT city, vip, sum(id) FROM customers GROUP BY GROUPING SETS ((city), (vip), ());
-- case grouping sets with rollup inside
SELECT city, vip, count(*) FROM customers GROUP BY GROUPING SETS (ROLLUP (city), (vip));
-- case group by key and rollup
SELECT vip, city, count(*) FROM customers GROUP BY vip, ROLLUP (city);
-- case rollup of composite
SELECT city, vip, count(*) FROM customers GROUP BY ROLLUP ((city, vip));
-- case empty grouping set only
SELECT count(*) FROM customers GROUP BY ();
-- case empty grouping set over no rows
SELECT count(*) FROM customers WHERE false GROUP BY ();
-- case rollup over no rows
SELECT city, count(*) FROM customers WHERE false GROUP BY ROLLUP (city);
-- case duplicate grouping sets
SELECT city, count(*) FROM customers GROUP BY GROUPING SETS ((city), (city));
-- case grouping in having
SELECT city, count(*) FROM customers GROUP BY ROLLUP (city) HAVING grouping(city) = 1;
-- case rollup order | ordered
SELECT city, sum(id) FROM customers GROUP BY ROLLUP (city) ORDER BY grouping(city), city NULLS LAST;
-- case ungrouped column
SELECT city, name FROM customers GROUP BY city;
-- case ungrouped column in having
SELECT city FROM customers GROUP BY city HAVING name = 'Ann';
-- case ungrouped column beside aggregate
SELECT name, count(*) FROM customers;
-- case nested aggregates are refused
SELECT sum(count(*)) FROM customers;
-- case aggregate in group by
SELECT count(*) FROM customers GROUP BY count(*);
-- case aggregate of text sum
SELECT sum(name) FROM customers;
-- case group by position out of range
SELECT city FROM customers GROUP BY 3;
-- case string_agg without delimiter
SELECT string_agg(name) FROM customers;
-- case filter on non aggregate
SELECT upper(name) FILTER (WHERE vip) FROM customers;
-- case group by floats with negative zero and nan
SELECT x, count(*) FROM (VALUES (0.0::float8), (-0.0), ('NaN'), ('NaN'), (1)) v (x) GROUP BY x;
-- case group by numeric ignores scale
SELECT count(*), sum(x) FROM (VALUES (1.0), (1.00), (2)) v (x) GROUP BY x;
-- case count of distinct rows
SELECT count(*) FROM (SELECT DISTINCT city, vip FROM customers) x;
-- case any_value
SELECT any_value(city) FROM customers WHERE city = 'Oslo';
-- case sum of big integers is numeric
SELECT sum(x), pg_typeof(sum(x))::text FROM (VALUES (9223372036854775807), (9223372036854775807)) v (x);
-- case sum of integers does not overflow
SELECT sum(x) FROM (VALUES (2147483647), (2147483647)) v (x);
-- case sum of intervals and average
SELECT sum(i), avg(i) FROM (VALUES (interval '1 day'), (interval '2 hours'), (NULL)) v (i);
-- case min of mixed nulls
SELECT min(x), max(x), count(x) FROM (VALUES (NULL::int), (NULL)) v (x);
-- case array_agg of arrays element
SELECT array_agg(x ORDER BY x) FROM unnest(ARRAY[3, 1, 2]) x;
-- case group by array column
SELECT tags, count(*) FROM products GROUP BY tags;
-- case group by jsonb value
SELECT j, count(*) FROM (VALUES ('{"a":1,"b":2}'::jsonb), ('{"b":2,"a":1}'), ('[1]')) v (j) GROUP BY j;
-- case aggregate ordered by two keys
SELECT string_agg(name, ',' ORDER BY city NULLS FIRST, name DESC) FROM customers;
-- case aggregate with distinct and order by other
SELECT string_agg(DISTINCT name, ',' ORDER BY id) FROM customers;
