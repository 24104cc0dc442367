-- Joins, sub-queries, grouping, windows and recursion as they are written every day.
-- use shop
-- case c name o id from customers c left join
SELECT c.name, o.id FROM customers c LEFT JOIN LATERAL (SELECT id FROM orders WHERE customer_id = c.id ORDER BY placed DESC LIMIT 1) o ON true;

-- case c name x n from customers c cross join
SELECT c.name, x.n FROM customers c CROSS JOIN LATERAL (SELECT count(*) AS n FROM orders o WHERE o.customer_id = c.id) x;

-- case c name t from customers c lateral select max
SELECT c.name, t.* FROM customers c, LATERAL (SELECT max(placed), min(status) FROM orders WHERE customer_id = c.id) AS t(m, s);

-- case from customers natural join employees
SELECT * FROM customers NATURAL JOIN employees;

-- case from customers join employees using id name
SELECT * FROM customers JOIN employees USING (id, name);

-- case id c name e name from customers c full
SELECT id, c.name, e.name FROM customers c FULL JOIN employees e USING (id);

-- case c id o id from customers c full join
SELECT c.id, o.id FROM customers c FULL JOIN orders o ON c.id = o.customer_id AND o.status = 'paid';

-- case c name from customers c where not exists select
SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);

-- case name from customers where id not in select customer_id
SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders);

-- case name from customers where id not in select customer_id (2)
SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL);

-- case name from products where price all select price from
SELECT name FROM products WHERE price > ALL (SELECT price FROM products WHERE category = 'paper');

-- case name from products where price any array 0 50
SELECT name FROM products WHERE price = ANY (ARRAY[0.50, 2.10]);

-- case name from products where office any tags
SELECT name FROM products WHERE 'office' = ANY (tags);

-- case name from products where office all tags
SELECT name FROM products WHERE 'office' = ALL (tags);

-- case name from products where tags array office
SELECT name FROM products WHERE tags @> ARRAY['office'];

-- case name from products where tags large odd
SELECT name FROM products WHERE tags && '{large,odd}';

-- case name select count from items i where i product_id | ordered
SELECT name, (SELECT count(*) FROM items i WHERE i.product_id = p.id) AS sold FROM products p ORDER BY sold DESC, name;

-- case category count from products group by 1 having count | ordered
SELECT category, count(*) FROM products GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1;

-- case category avg price from products group by category order | ordered
SELECT category, avg(price) FROM products GROUP BY category ORDER BY category NULLS FIRST;

-- case coalesce category none as cat sum price min name | ordered
SELECT coalesce(category, 'none') AS cat, sum(price), min(name), max(name) FROM products GROUP BY cat ORDER BY cat;

-- case department count filter where salary 5000 as rich count
SELECT department, count(*) FILTER (WHERE salary > 5000) AS rich, count(*) AS n FROM employees GROUP BY department;

-- case department string_agg name order by name desc from employees
SELECT department, string_agg(name, ', ' ORDER BY name DESC) FROM employees GROUP BY department;

-- case department array_agg name order by salary desc nulls last
SELECT department, array_agg(name ORDER BY salary DESC NULLS LAST, name) FROM employees GROUP BY department;

-- case json_agg name order by id from employees
SELECT json_agg(name ORDER BY id) FROM employees;

-- case jsonb_object_agg name salary from employees
SELECT jsonb_object_agg(name, salary) FROM employees;

-- case to_jsonb c joined from customers c where id 1
SELECT to_jsonb(c) - 'joined' FROM customers c WHERE id = 1;

-- case jsonb_agg to_jsonb p order by p id from select
SELECT jsonb_agg(to_jsonb(p) ORDER BY p.id) FROM (SELECT id, name FROM products WHERE price > 2) p;

-- case percentile_cont 0 5 within group order by salary from
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY salary) FROM employees;

-- case percentile_disc 0 5 within group order by salary mode
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY salary), mode() WITHIN GROUP (ORDER BY department) FROM employees;

-- case percentile_cont array 0 25 0 5 0 75 within
SELECT percentile_cont(ARRAY[0.25,0.5,0.75]) WITHIN GROUP (ORDER BY salary) FROM employees;

-- case rank 5000 within group order by salary from employees
SELECT rank(5000) WITHIN GROUP (ORDER BY salary) FROM employees;

-- case dense_rank 5000 within group order by salary desc percent_rank
SELECT dense_rank(5000) WITHIN GROUP (ORDER BY salary DESC), percent_rank(5000) WITHIN GROUP (ORDER BY salary), cume_dist(5000) WITHIN GROUP (ORDER BY salary) FROM employees;

-- case name salary rank over order by salary desc nulls
SELECT name, salary, rank() OVER (ORDER BY salary DESC NULLS LAST), dense_rank() OVER w, row_number() OVER (ORDER BY salary DESC NULLS LAST, id) FROM employees WINDOW w AS (ORDER BY salary DESC NULLS LAST);

-- case name salary lag salary over partition by department order
SELECT name, salary, lag(salary) OVER (PARTITION BY department ORDER BY id), lead(salary, 1, 0) OVER (PARTITION BY department ORDER BY id) FROM employees;

-- case id salary sum salary over order by id rows
SELECT id, salary, sum(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM employees;

-- case id salary sum salary over order by salary range
SELECT id, salary, sum(salary) OVER (ORDER BY salary RANGE BETWEEN 500 PRECEDING AND 500 FOLLOWING) FROM employees;

-- case id salary count over order by salary groups between
SELECT id, salary, count(*) OVER (ORDER BY salary GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM employees;

-- case id hired count over order by hired range between
SELECT id, hired, count(*) OVER (ORDER BY hired RANGE BETWEEN '1 year' PRECEDING AND CURRENT ROW) FROM employees;

-- case id array_agg id over order by id rows between
SELECT id, array_agg(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM employees;

-- case name ntile 3 over order by id cume_dist over
SELECT name, ntile(3) OVER (ORDER BY id), cume_dist() OVER (ORDER BY hired), percent_rank() OVER (ORDER BY hired) FROM employees;

-- case department sum salary sum sum salary over as total
SELECT department, sum(salary), sum(sum(salary)) OVER () AS total, round(100.0 * sum(salary) / sum(sum(salary)) OVER (), 2) AS pct FROM employees GROUP BY department;

-- case from select name department row_number over partition by
SELECT * FROM (SELECT name, department, row_number() OVER (PARTITION BY department ORDER BY salary DESC NULLS LAST) rn FROM employees) t WHERE rn = 1;

-- case distinct on department department name salary from employees | ordered
SELECT DISTINCT ON (department) department, name, salary FROM employees ORDER BY department, salary DESC NULLS LAST, name;

-- case distinct on customer_id customer_id id placed from orders | ordered
SELECT DISTINCT ON (customer_id) customer_id, id, placed FROM orders ORDER BY customer_id, placed DESC;

-- case department status count from employees orders group by grouping
SELECT department, status, count(*) FROM employees, orders GROUP BY GROUPING SETS ((department), (status), ());

-- case department extract year from hired as y count grouping
SELECT department, extract(year FROM hired) AS y, count(*), grouping(department), grouping(department, extract(year FROM hired)) FROM employees GROUP BY ROLLUP (department, extract(year FROM hired));

-- case category price 5 as dear count from products group
SELECT category, price > 5 AS dear, count(*) FROM products GROUP BY CUBE (category, price > 5);

-- case category x as k count from products group by
SELECT category, 'x' AS k, count(*) FROM products GROUP BY ROLLUP (category, 'x'::text);

-- case category 1 1 as k count from products group
SELECT category, 1+1 AS k, count(*) FROM products GROUP BY CUBE (category, 1+1);

-- case status customer_id count from orders group by status grouping
SELECT status, customer_id, count(*) FROM orders GROUP BY status, GROUPING SETS ((customer_id), ());

-- case id from customers union select id from employees order | ordered
SELECT id FROM customers UNION SELECT id FROM employees ORDER BY 1 DESC LIMIT 3;

-- case id from customers union all select id from employees | ordered
SELECT id FROM customers UNION ALL SELECT id FROM employees ORDER BY id OFFSET 2 FETCH FIRST 3 ROWS ONLY;

-- case id from customers order by id desc limit 2
(SELECT id FROM customers ORDER BY id DESC LIMIT 2) UNION ALL (SELECT id FROM employees ORDER BY id LIMIT 2);

-- case id from customers intersect select id from employees except
SELECT id FROM customers INTERSECT SELECT id FROM employees EXCEPT SELECT 3;

-- case 1 as a x as b union select 2 | ordered
SELECT 1 AS a, 'x' AS b UNION SELECT 2.5, NULL ORDER BY b NULLS FIRST;

-- case id salary from employees order by salary desc fetch | ordered
SELECT id, salary FROM employees ORDER BY salary DESC FETCH FIRST 2 ROWS WITH TIES;

-- case with recursive t n as values 1 union all
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t;

-- case with recursive boss as select id name manager_id 1 | ordered
WITH RECURSIVE boss AS (SELECT id, name, manager_id, 1 AS lvl, name::text AS path FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, e.name, e.manager_id, b.lvl + 1, b.path || '/' || e.name FROM employees e JOIN boss b ON e.manager_id = b.id) SELECT * FROM boss ORDER BY path;

-- case with recursive boss as select id manager_id array id
WITH RECURSIVE boss AS (SELECT id, manager_id, ARRAY[id] AS path FROM employees WHERE id = 7 UNION ALL SELECT e.id, e.manager_id, path || e.id FROM employees e JOIN boss b ON e.id = b.manager_id) SELECT * FROM boss;

-- case with a as select 1 as x b as
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b;

-- case with a as materialized select from customers select count
WITH a AS MATERIALIZED (SELECT * FROM customers) SELECT count(*) FROM a;

-- case with recent as select from orders where placed 2024 | ordered
WITH recent AS (SELECT * FROM orders WHERE placed >= '2024-02-01') SELECT c.name, r.id FROM recent r JOIN customers c ON c.id = r.customer_id ORDER BY r.id;

-- case 1 2 1 3 1 null 1 2 row
SELECT (1, 2) < (1, 3), (1, NULL) = (1, 2), ROW(1, 2) IS NULL, ROW(NULL, NULL) IS NULL, (1, 'a') = (1, 'a');

-- case from customers where city vip berlin true
SELECT * FROM customers WHERE (city, vip) = ('Berlin', true);

-- case from customers where city vip in berlin true paris
SELECT * FROM customers WHERE (city, vip) IN (('Berlin', true), ('Paris', false));

-- case from orders where customer_id status in select id paid
SELECT * FROM orders WHERE (customer_id, status) IN (SELECT id, 'paid' FROM customers);

-- case from orders where placed id 2024 02 01 09 | ordered
SELECT * FROM orders WHERE (placed, id) > ('2024-02-01 09:15:30.5', 102) ORDER BY placed, id LIMIT 2;

-- case from items where order_id line select 100 bigint 1
SELECT * FROM items WHERE (order_id, line) = (SELECT 100::bigint, 1::smallint);

-- case c from customers c where id 1
SELECT (c).* FROM customers c WHERE id = 1;

-- case count c count distinct c city count distinct city
SELECT count(c) , count(DISTINCT c.city), count(DISTINCT (city, vip)) FROM customers c;

-- case sum distinct salary avg distinct salary count distinct salary
SELECT sum(DISTINCT salary), avg(DISTINCT salary), count(DISTINCT salary) FROM employees;

-- case stddev salary variance salary stddev_pop salary var_pop salary
SELECT stddev(salary), variance(salary), stddev_pop(salary), var_pop(salary), corr(salary, id), covar_pop(salary, id), regr_slope(salary, id) FROM employees;

-- case bool_and vip bool_or vip every vip bit_and id bit_or
SELECT bool_and(vip), bool_or(vip), every(vip), bit_and(id), bit_or(id), bit_xor(id) FROM customers;

-- case any_value department from employees where department tech
SELECT any_value(department) FROM employees WHERE department = 'tech';

-- case max placed min placed from orders
SELECT max(placed) - min(placed) FROM orders;

-- case date_trunc month placed as m count from orders group | ordered
SELECT date_trunc('month', placed) AS m, count(*) FROM orders GROUP BY m ORDER BY m;

-- case to_char placed yyyy mm as m count from orders | ordered
SELECT to_char(placed, 'YYYY-MM') AS m, count(*) FROM orders GROUP BY 1 ORDER BY 1;

-- case g d date count o id from generate_series 2024 | ordered
SELECT g.d::date, count(o.id) FROM generate_series('2024-01-01'::date, '2024-04-01', '1 month') AS g(d) LEFT JOIN orders o ON date_trunc('month', o.placed) = g.d GROUP BY 1 ORDER BY 1;

-- case from generate_series 1 3 with ordinality
SELECT * FROM generate_series(1, 3) WITH ORDINALITY;

-- case from generate_series 10 1 3 as x
SELECT * FROM generate_series(10, 1, -3) AS x;

-- case from unnest array a b array 1 2 3
SELECT * FROM unnest(ARRAY['a','b'], ARRAY[1,2,3]) WITH ORDINALITY AS t(x, y, n);

-- case p name t tag t i from products p
SELECT p.name, t.tag, t.i FROM products p, unnest(p.tags) WITH ORDINALITY AS t(tag, i);

-- case p name t from products p left join unnest
SELECT p.name, t FROM products p LEFT JOIN unnest(p.tags) t ON true;

-- case name unnest tags from products
SELECT name, unnest(tags) FROM products;

-- case generate_series 1 3 generate_series 1 2
SELECT generate_series(1, 3), generate_series(1, 2);

-- case id generate_series 1 id from customers where id 3
SELECT id, generate_series(1, id) FROM customers WHERE id < 3;

-- case from values 1 a 2 b as v id
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, t);

-- case values 1 a 2 null order by 1 desc | ordered
VALUES (1, 'a'), (2, NULL) ORDER BY 1 DESC;

-- case from rows from generate_series 1 3 unnest array x
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['x','y'])) AS t(a, b);

-- case case when price 20 then dear when price 1
SELECT CASE WHEN price > 20 THEN 'dear' WHEN price > 1 THEN 'fair' ELSE 'cheap' END AS k, count(*) FROM products GROUP BY k;

-- case case category when paper then 1 when light then
SELECT CASE category WHEN 'paper' THEN 1 WHEN 'light' THEN 2 END FROM products;

-- case coalesce null 1 2 5 nullif 1 1 nullif
SELECT coalesce(NULL, 1, 2.5), nullif(1, 1), nullif('a', 'b'), greatest(1, NULL, 3), least('b', 'a');

-- case name from customers order by lower name name desc
SELECT name FROM customers ORDER BY lower(name), name DESC;

-- case name from customers order by city nulls first joined | ordered
SELECT name FROM customers ORDER BY city NULLS FIRST, joined DESC NULLS LAST;

-- case name as n from customers order by n x | ordered
SELECT name AS n FROM customers ORDER BY n || 'x';

-- case name as n from customers order by n collate | ordered
SELECT name AS n FROM customers ORDER BY n COLLATE "C" DESC;

-- case distinct city from customers order by city | ordered
SELECT DISTINCT city FROM customers ORDER BY city;

-- case distinct city from customers order by name | ordered
SELECT DISTINCT city FROM customers ORDER BY name;

-- case count from customers where city is distinct from paris
SELECT count(*) FROM customers WHERE city IS DISTINCT FROM 'Paris';

-- case from customers where joined between 2021 01 01 and
SELECT * FROM customers WHERE joined BETWEEN '2021-01-01' AND '2022-12-31';

-- case from customers where joined not between symmetric 2022 12
SELECT * FROM customers WHERE joined NOT BETWEEN SYMMETRIC '2022-12-31' AND '2021-01-01';

-- case from customers where name ilike a or name similar
SELECT * FROM customers WHERE name ILIKE 'a%' OR name SIMILAR TO '(B|C)%' OR name ~* '^em';

-- case from customers where vip is not true
SELECT * FROM customers WHERE vip IS NOT TRUE;

-- case from customers where vip and city berlin or not
SELECT * FROM customers WHERE vip AND city = 'Berlin' OR NOT vip AND city IS NULL;

-- case e name m name as boss from employees e | ordered
SELECT e.name, m.name AS boss FROM employees e LEFT JOIN employees m ON m.id = e.manager_id ORDER BY e.id;

-- case m name count e from employees m join employees | ordered
SELECT m.name, count(e.*) FROM employees m JOIN employees e ON e.manager_id = m.id GROUP BY m.id ORDER BY m.id;

-- case c count o id from customers c left join
SELECT c.*, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id;

-- case o id c name sum i quantity p price
SELECT o.id, c.name, sum(i.quantity * p.price * (1 - coalesce(i.discount, 0))) AS total FROM orders o JOIN customers c ON c.id = o.customer_id JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY o.id, c.name;

-- case o id round sum i quantity p price numeric | ordered
SELECT o.id, round(sum(i.quantity * p.price)::numeric, 2) AS total FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY o.id HAVING sum(i.quantity * p.price) > 10 ORDER BY total DESC;

-- case name from customers c where select count from orders
SELECT name FROM customers c WHERE (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) >= 2;

-- case name exists select from orders o where o customer_id
SELECT name, exists(SELECT FROM orders o WHERE o.customer_id = c.id) FROM customers c;

-- case select name from customers where id o customer_id from
SELECT (SELECT name FROM customers WHERE id = o.customer_id) FROM orders o ORDER BY (SELECT name FROM customers WHERE id = o.customer_id), id;

-- case array select name from customers order by id
SELECT ARRAY(SELECT name FROM customers ORDER BY id);

-- case array_length array select id from orders 1
SELECT array_length(ARRAY(SELECT id FROM orders), 1);

-- case select id from customers
SELECT (SELECT id FROM customers);

-- case name salary avg salary over partition by department from
SELECT name, salary - avg(salary) OVER (PARTITION BY department) FROM employees;

-- case department select string_agg x name from select name from
SELECT department, (SELECT string_agg(x.name, ',') FROM (SELECT name FROM employees y WHERE y.department = e.department ORDER BY name) x) FROM employees e GROUP BY department;

-- case table customers
TABLE customers;

-- case table customers order by id limit 2 | ordered
TABLE customers ORDER BY id LIMIT 2;

-- case from customers c join orders o on o customer_id
SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id WHERE i.quantity > 3;

-- case from customers c join orders o on o customer_id (2)
SELECT * FROM (customers c JOIN orders o ON o.customer_id = c.id) LEFT JOIN items i ON i.order_id = o.id WHERE c.id = 1;

-- case a b from customers a cross join select 1
SELECT a.*, b.* FROM customers a CROSS JOIN (SELECT 1 AS one) b WHERE a.id = 1;

-- case x from customers as x i n where i
SELECT x.* FROM customers AS x (i, n) WHERE i = 1;

-- case from employees e1 join employees e2 on e1 salary
SELECT * FROM employees e1 JOIN employees e2 ON e1.salary < e2.salary AND e1.department = e2.department;

-- case from customers c right join orders o on c | ordered
SELECT * FROM customers c RIGHT JOIN orders o ON c.id = o.customer_id AND c.vip ORDER BY o.id;

-- case count from customers products
SELECT count(*) FROM customers, products;

-- case count count salary sum salary avg salary from employees
SELECT count(*), count(salary), sum(salary), avg(salary) FROM employees WHERE false;

-- case department from employees group by department having avg
SELECT department FROM employees GROUP BY department HAVING avg(salary) > (SELECT avg(salary) FROM employees);

-- case from customers limit all offset 4
SELECT * FROM customers LIMIT ALL OFFSET 4;

-- case from customers limit null
SELECT * FROM customers LIMIT NULL;

-- case from customers limit select 2
SELECT * FROM customers LIMIT (SELECT 2);

-- case current_user is not null current_schema current_database
SELECT current_user IS NOT NULL, current_schema, current_database() IS NOT NULL;

-- case 1 where false
SELECT 1 WHERE false;

-- case select
SELECT;

-- case from customers
SELECT FROM customers;

-- case name from customers
SELECT name, FROM customers;

-- case nme from customers
SELECT nme FROM customers;

-- case customers nme from customers
SELECT customers.nme FROM customers;

-- case from nothere
SELECT * FROM nothere;

-- case id count from customers
SELECT id, count(*) FROM customers;

-- case id from customers where count 1
SELECT id FROM customers WHERE count(*) > 1;

-- case foo 1
SELECT foo(1);

-- case 1 a
SELECT 1 + 'a';

-- case 1 true
SELECT 1 + true;

-- case 1 2
SELECT '1' + '2';

-- case a 1 1 a a null x array y
SELECT 'a' || 1, 1 || 'a', 'a' || NULL, 'x' || ARRAY['y'], ARRAY[1] || 2, ARRAY[1] || ARRAY[2];
