-- Writing and changing tables as it is done every day. MERGE and savepoints too.
-- use shop
-- case insert into customers values 10 zed returning insert into
INSERT INTO customers VALUES (10, 'Zed') RETURNING *;
INSERT INTO customers (name, id) VALUES ('Zed', 10), ('Yve', 11) RETURNING id, upper(name) AS u, vip;

-- case insert into customers id name select id 100 name
INSERT INTO customers (id, name) SELECT id + 100, name FROM employees WHERE salary > 5000 RETURNING id;

-- case insert into customers id name values 1 x on
INSERT INTO customers (id, name) VALUES (1, 'X') ON CONFLICT DO NOTHING RETURNING id;
INSERT INTO customers (id, name) VALUES (1, 'X') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name || customers.name RETURNING *;
INSERT INTO customers AS c (id, name) VALUES (1, 'X'), (20, 'N') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, city = coalesce(c.city, 'none') WHERE c.vip RETURNING c.id, c.name;
INSERT INTO customers (id, name) VALUES (2, 'X') ON CONFLICT ON CONSTRAINT customers_pkey DO UPDATE SET (name, city) = (EXCLUDED.name, 'here');
SELECT * FROM customers;

-- case insert into products id name price values 9 pencil
INSERT INTO products (id, name, price) VALUES (9, 'Pencil', 1) ON CONFLICT (name) DO UPDATE SET price = products.price + EXCLUDED.price RETURNING id, price;

-- case insert into products id name price values 1 pencil
INSERT INTO products (id, name, price) VALUES (1, 'Pencil', -1) ON CONFLICT (id) DO NOTHING;

-- case insert into products id name price values 1 q
INSERT INTO products (id, name, price) VALUES (1, 'Q', 1), (1, 'R', 2) ON CONFLICT (id) DO UPDATE SET price = EXCLUDED.price;

-- case insert into products id name price values 50 q
INSERT INTO products (id, name, price) VALUES (50, 'Q', 1), (50, 'R', 2) ON CONFLICT (id) DO UPDATE SET price = EXCLUDED.price;

-- case insert into customers id name values 1 x on (2)
INSERT INTO customers (id, name) VALUES (1, 'X') ON CONFLICT (city) DO NOTHING;

-- case insert into customers default values
INSERT INTO customers DEFAULT VALUES;

-- case insert into orders id customer_id placed values 200 99
INSERT INTO orders (id, customer_id, placed) VALUES (200, 99, now());

-- case insert into customers id name nope values 1 a
INSERT INTO customers (id, name, nope) VALUES (1, 'a', 2);

-- case insert into customers id name values 1 a 2
INSERT INTO customers (id, name) VALUES (1, 'a', 2);

-- case insert into customers id values 77
INSERT INTO customers (id) VALUES (77);

-- case update customers set vip not vip name upper name
UPDATE customers SET vip = NOT vip, name = upper(name) WHERE city = 'Paris' RETURNING id, name, vip;

-- case update orders o set note c name from customers
UPDATE orders o SET note = c.name || '!' FROM customers c WHERE c.id = o.customer_id AND c.vip RETURNING o.id, o.note, c.name;

-- case update products set price category price 2 new where
UPDATE products SET (price, category) = (price * 2, 'new') WHERE id = 1 RETURNING *;

-- case update products p set price select max price from
UPDATE products p SET price = (SELECT max(price) FROM products q WHERE q.category = p.category) WHERE category IS NOT NULL RETURNING id, price;

-- case update products set price category select 5 sub where
UPDATE products SET (price, category) = (SELECT 5, 'sub') WHERE id IN (1, 2) RETURNING *;

-- case update products set price default where id 1
UPDATE products SET price = DEFAULT WHERE id = 1;

-- case update orders set status default where id 100 returning
UPDATE orders SET status = DEFAULT WHERE id = 100 RETURNING status;

-- case update products set id id 1
UPDATE products SET id = id + 1;

-- case update customers set id 2 where id 1
UPDATE customers SET id = 2 WHERE id = 1;

-- case update products set price 1 where id 1
UPDATE products SET price = -1 WHERE id = 1;

-- case delete from orders using customers c where c id
DELETE FROM orders USING customers c WHERE c.id = orders.customer_id AND c.name = 'Ann' RETURNING orders.id, c.name;
SELECT count(*) FROM items;

-- case delete from customers where id 1
DELETE FROM customers WHERE id = 1;

-- case delete from items i where not exists select 1
DELETE FROM items i WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = i.order_id AND o.status = 'paid') RETURNING *;

-- case delete from customers where id in select c id
DELETE FROM customers WHERE id IN (SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL) RETURNING id;

-- case with d as delete from items where quantity 5
WITH d AS (DELETE FROM items WHERE quantity > 5 RETURNING *) SELECT count(*), sum(quantity) FROM d;
SELECT count(*) FROM items;

-- case with n as insert into customers id name values
WITH n AS (INSERT INTO customers (id, name) VALUES (30, 'New') RETURNING id) INSERT INTO orders (id, customer_id, placed) SELECT 300, id, '2024-05-05' FROM n RETURNING *;

-- case with u as update products set price price 1
WITH u AS (UPDATE products SET price = price * 1.1 WHERE category = 'paper' RETURNING id, price) SELECT * FROM u JOIN products p USING (id);

-- case with moved as delete from customers where id 4
WITH moved AS (DELETE FROM customers WHERE id = 4 RETURNING *) INSERT INTO employees (id, name) SELECT id + 50, name FROM moved;
SELECT id, name FROM employees WHERE id > 50;

-- case merge into customers c using values 1 one 50
MERGE INTO customers c USING (VALUES (1, 'one'), (50, 'fifty')) AS v (id, name) ON c.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name);
SELECT id, name FROM customers;

-- case merge into customers c using employees e on c
MERGE INTO customers c USING employees e ON c.id = e.id WHEN MATCHED AND e.salary > 6000 THEN DELETE WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (e.id, e.name);

-- case truncate items select count from items
TRUNCATE items;
SELECT count(*) FROM items;

-- case truncate orders
TRUNCATE orders;

-- case truncate orders cascade select count from items
TRUNCATE orders CASCADE;
SELECT count(*) FROM items;

-- case create table t id bigint generated always as identity
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text NOT NULL DEFAULT 'x', ts timestamptz DEFAULT now(), CHECK (length(v) < 5));
INSERT INTO t DEFAULT VALUES RETURNING id, v;
INSERT INTO t (id, v) VALUES (5, 'y');
INSERT INTO t (id, v) OVERRIDING SYSTEM VALUE VALUES (5, 'y') RETURNING id;
INSERT INTO t (v) VALUES ('toolong');
INSERT INTO t (v) VALUES (NULL);

-- case create table t as select id name from customers
CREATE TABLE t AS SELECT id, name FROM customers;
SELECT count(*) FROM t;

-- case create table t a int unique b text unique
CREATE TABLE t (a int UNIQUE, b text, UNIQUE (a, b));
ALTER TABLE t ADD COLUMN c int DEFAULT 5;
ALTER TABLE t RENAME COLUMN c TO d;
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ALTER COLUMN d SET DEFAULT 7;
INSERT INTO t (a) VALUES (1) RETURNING *;
ALTER TABLE t ALTER COLUMN d DROP DEFAULT;
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
INSERT INTO t DEFAULT VALUES RETURNING *;
ALTER TABLE t ADD CONSTRAINT pos CHECK (a > 0);
INSERT INTO t (a) VALUES (-1);
ALTER TABLE t DROP CONSTRAINT pos;
ALTER TABLE t RENAME TO u;
SELECT * FROM u;
ALTER TABLE u ALTER COLUMN a TYPE bigint;
ALTER TABLE u ALTER COLUMN a TYPE text USING a::text || 'x';
SELECT * FROM u;
DROP TABLE u;
DROP TABLE IF EXISTS u;
DROP TABLE u;

-- case create table a id int primary key create table
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a_id int REFERENCES a ON DELETE SET NULL ON UPDATE CASCADE);
INSERT INTO a VALUES (1), (2);
INSERT INTO b VALUES (1), (2);
UPDATE a SET id = 10 WHERE id = 1;
DELETE FROM a WHERE id = 2;
SELECT * FROM b;
INSERT INTO b VALUES (77);
DROP TABLE a;
DROP TABLE a CASCADE;

-- case create table a id int primary key create table (2)
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a_id int REFERENCES a ON DELETE RESTRICT);
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
DELETE FROM a;
UPDATE a SET id = 3;

-- case create table a id bigint primary key create table
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (a_id int REFERENCES a, s smallint REFERENCES a(id));
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1, 1);
INSERT INTO b VALUES (2, 1);
DELETE FROM a;

-- case begin insert into customers id name values 10 a | script
BEGIN;
INSERT INTO customers (id, name) VALUES (10, 'a');
SAVEPOINT s;
INSERT INTO customers (id, name) VALUES (11, 'b');
ROLLBACK TO SAVEPOINT s;
COMMIT;
SELECT count(*) FROM customers;

-- case set search_path to public
SET search_path TO public;

-- case table_name from information_schema tables where table_schema | ordered
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1;

-- case c relname from pg_class c join pg_namespace n on | ordered
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1;

-- case update customers set name x where id 1 and
UPDATE customers SET name = 'x' WHERE id = 1 AND false RETURNING id;

-- case update customers c set name e name from employees
UPDATE customers c SET name = e.name FROM employees e WHERE e.id = c.id;
SELECT id, name FROM customers;

-- case delete from products where id 6 returning price name
DELETE FROM products WHERE id = 6 RETURNING price, name || '?' AS q, (SELECT count(*) FROM products);

-- case insert into products values 20 repeat x 41 null
INSERT INTO products VALUES (20, repeat('x', 41), NULL, 1, NULL);

-- case insert into products values 20 long price null 123456789
INSERT INTO products VALUES (20, 'long price', NULL, 123456789.12, NULL);

-- case insert into products values 20 r null 1 005
INSERT INTO products VALUES (20, 'r', NULL, 1.005, '{a}') RETURNING price, tags;

-- case insert into items values 100 40000 1 1 null
INSERT INTO items VALUES (100, 40000, 1, 1, NULL);

-- case insert into orders id placed values 900 2024 01
INSERT INTO orders (id, placed) VALUES (900, '2024-01-01'), (901, '2024-01-01 25:00');

-- case insert into customers id name joined values 60 d
INSERT INTO customers (id, name, joined) VALUES (60, 'D', current_date), (61, 'E', '2024-02-30');

-- case from customers where id 1
SELECT * FROM customers WHERE id = '1';

-- case from customers where name 1
SELECT * FROM customers WHERE name = 1;

-- case from customers where joined 2021 03 01 and id
SELECT * FROM customers WHERE joined = '2021-03-01' AND id IN ('1', '5');

-- case insert into customers id name values 70 a insert | script
INSERT INTO customers (id, name) VALUES (70, 'a');
INSERT INTO customers (id, name) VALUES (70, 'b');

-- case begin commit
BEGIN;
COMMIT;

-- case drop table customers
DROP TABLE customers;

-- case drop table customers cascade
DROP TABLE customers CASCADE;

-- case alter table customers add column email text unique add
ALTER TABLE customers ADD COLUMN email text UNIQUE, ADD COLUMN age int NOT NULL DEFAULT 0;
SELECT email, age FROM customers WHERE id = 1;
ALTER TABLE customers ADD COLUMN z int NOT NULL;
ALTER TABLE customers ADD COLUMN IF NOT EXISTS age int;
ALTER TABLE customers DROP COLUMN IF EXISTS nope;
ALTER TABLE customers DROP COLUMN nope;
ALTER TABLE customers ALTER COLUMN city SET NOT NULL;
ALTER TABLE customers ADD PRIMARY KEY (name);
ALTER TABLE customers ADD CONSTRAINT u UNIQUE (city);
ALTER TABLE orders ADD CONSTRAINT fk2 FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
ALTER TABLE orders ALTER COLUMN status DROP NOT NULL, ALTER COLUMN status SET DEFAULT 'new';
INSERT INTO orders (id, placed) VALUES (1, '2024-01-01') RETURNING status;

-- case create table d a date default today b timestamptz
CREATE TABLE d (a date DEFAULT 'today', b timestamptz DEFAULT 'now');
INSERT INTO d DEFAULT VALUES RETURNING a = current_date, b <= now();

-- case merge into customers c using values 1 one 50 (2)
MERGE INTO customers c USING (VALUES (1, 'one'), (50, 'fifty')) AS v (id, name) ON c.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name);
SELECT id, name FROM customers;

-- case merge into employees t using select 1 as id
MERGE INTO employees t USING (SELECT 1 AS id, 1 AS x UNION ALL SELECT 1, 2) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET salary = s.x;

-- case merge into employees t using customers s on t
MERGE INTO employees t USING customers s ON t.id = s.id WHEN MATCHED AND t.salary > 6000 THEN UPDATE SET salary = t.salary + 1, name = s.name WHEN MATCHED AND t.id > 4 THEN DO NOTHING WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND s.id > 100 THEN INSERT (id, name) VALUES (s.id, s.name) WHEN NOT MATCHED THEN DO NOTHING;
SELECT * FROM employees;

-- case merge into items using orders o on items order_id
MERGE INTO items USING orders o ON items.order_id = o.id WHEN MATCHED AND o.status = 'paid' THEN UPDATE SET quantity = quantity + 1 WHEN MATCHED THEN DELETE;
SELECT * FROM items;

-- case merge into products p using values pencil 5 eraser
MERGE INTO products p USING (VALUES ('Pencil', 5), ('Eraser', 1)) AS n(name, price) ON p.name = n.name WHEN MATCHED AND n.price > p.price THEN UPDATE SET price = n.price WHEN NOT MATCHED THEN INSERT (id, name, price, tags) VALUES (100, n.name, n.price, DEFAULT) WHEN NOT MATCHED BY SOURCE AND p.price > 50 THEN DELETE;
SELECT * FROM products;

-- case merge into products p using items i on p
MERGE INTO products p USING items i ON p.id = i.product_id WHEN NOT MATCHED BY SOURCE THEN DELETE;
SELECT id FROM products;

-- case with s as select id name from customers where
WITH s AS (SELECT id, name FROM customers WHERE vip) MERGE INTO employees e USING s ON e.name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id + 100, s.name);
SELECT id FROM employees;

-- case merge into customers c using customers d on c
MERGE INTO customers c USING customers d ON c.id = d.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DO NOTHING;

-- case merge into customers c using customers d on c (2)
MERGE INTO customers c USING customers d ON c.id = d.id WHEN MATCHED THEN UPDATE SET nme = 1;

-- case merge into customers c using select 99 as id
MERGE INTO customers c USING (SELECT 99 AS id) d ON c.id = d.id WHEN NOT MATCHED THEN INSERT VALUES (d.id, 'n', NULL, true);
SELECT * FROM customers WHERE id = 99;

-- case is json x is json 1 is json array
SELECT '{}' IS JSON, 'x' IS JSON, '[1]' IS JSON ARRAY, '{"a":1}' IS JSON OBJECT, '1' IS JSON SCALAR, '1' IS NOT JSON, NULL IS JSON, '{"a":1}'::jsonb IS JSON OBJECT, '[1]'::jsonb IS NOT JSON ARRAY;

-- case from jsonb_to_record a 1 b x as t a
SELECT * FROM jsonb_to_record('{"a":1,"b":"x"}') AS t(a int, b text);

-- case from jsonb_to_recordset a 1 b x c 1 2
SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x","c":[1,2],"d":{"k":1}},{"a":"2","b":null}]') AS t(a int, b text, c int[], d jsonb, e boolean);

-- case from json_to_recordset id 1 at 2024 01 02t03 04
SELECT * FROM json_to_recordset('[{"id":1,"at":"2024-01-02T03:04:05","ok":true,"n":1.50}]') AS x(id bigint, at timestamp, ok boolean, n numeric) WHERE ok;

-- case p id r from products p jsonb_to_recordset jsonb_build_array
SELECT p.id, r.* FROM products p, jsonb_to_recordset(jsonb_build_array(jsonb_build_object('x', p.id, 'y', p.name))) AS r(x int, y text);

-- case from jsonb_to_record null as t a int
SELECT * FROM jsonb_to_record(NULL) AS t(a int);

-- case from jsonb_to_recordset a 1 as t a int
SELECT * FROM jsonb_to_recordset('{"a":1}') AS t(a int);

-- case a as k city count from customers group by
SELECT 'a' AS k, city, count(*) FROM customers GROUP BY CUBE (k, city);

-- case null as k count from customers group by rollup
SELECT NULL AS k, count(*) FROM customers GROUP BY ROLLUP (k);

-- case rank 5000 within group order by salary desc nulls
SELECT rank(5000) WITHIN GROUP (ORDER BY salary DESC NULLS LAST), rank(5000, 'Uma') WITHIN GROUP (ORDER BY salary, name), dense_rank(NULL) WITHIN GROUP (ORDER BY salary) FROM employees;

-- case department rank 5000 within group order by salary from
SELECT department, rank(5000) WITHIN GROUP (ORDER BY salary) FROM employees GROUP BY department;

-- case cume_dist 1 within group order by salary percent_rank 1
SELECT cume_dist(1) WITHIN GROUP (ORDER BY salary), percent_rank(1) WITHIN GROUP (ORDER BY salary) FROM employees WHERE false;

-- case rank 1 2 within group order by salary from
SELECT rank(1, 2) WITHIN GROUP (ORDER BY salary) FROM employees;

-- case begin insert into customers id name values 10 a (2) | script
BEGIN;
INSERT INTO customers (id, name) VALUES (10, 'a');
SAVEPOINT s;
INSERT INTO customers (id, name) VALUES (11, 'b');
ROLLBACK TO SAVEPOINT s;
INSERT INTO customers (id, name) VALUES (12, 'c');
SAVEPOINT s;
DELETE FROM items;
ROLLBACK TO s;
RELEASE SAVEPOINT s;
RELEASE s;
COMMIT;
SELECT id FROM customers;
SELECT count(*) FROM items;

-- case begin savepoint a create table x i int insert | script
BEGIN;
SAVEPOINT a;
CREATE TABLE x (i int);
INSERT INTO x VALUES (1);
SAVEPOINT b;
ROLLBACK TO a;
ROLLBACK TO b;
COMMIT;

-- case from jsonb_to_record a 1 b x as t a (2)
SELECT * FROM jsonb_to_record('{"a":1,"b":"x"}') AS t(a int, b text);

-- case from jsonb_to_record null as t a int (2)
SELECT * FROM jsonb_to_record(NULL) AS t(a int);

-- case create table t id int primary key a int
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 5, b text NOT NULL DEFAULT '7', c numeric, CHECK (a > 0));
CREATE INDEX ON t (a);
INSERT INTO t VALUES (1, 10, '1', 1.5), (2, 20, '22', NULL);
ALTER TABLE t ALTER COLUMN a TYPE bigint;
ALTER TABLE t ALTER a SET DATA TYPE numeric(10,2) USING a / 3.0;
SELECT * FROM t WHERE a > 4;
ALTER TABLE t ALTER COLUMN b TYPE integer;
ALTER TABLE t ALTER COLUMN b TYPE integer USING b::integer * 2;
INSERT INTO t (id) VALUES (3) RETURNING *;
ALTER TABLE t ALTER COLUMN c TYPE smallint, ALTER COLUMN b TYPE text, ADD COLUMN d int DEFAULT 1;
SELECT * FROM t;
ALTER TABLE t ALTER COLUMN b TYPE date USING NULL;
ALTER TABLE t ALTER COLUMN nope TYPE date;
ALTER TABLE t ALTER COLUMN a TYPE text;
ALTER TABLE t ALTER COLUMN id TYPE varchar(1);
ALTER TABLE t ALTER COLUMN b TYPE varchar(2) USING left(b, 2);
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 't' ORDER BY ordinal_position;

-- case alter table employees alter column salary type numeric 12
ALTER TABLE employees ALTER COLUMN salary TYPE numeric(12,2);
SELECT department, sum(salary) FROM employees GROUP BY 1;
ALTER TABLE employees ALTER COLUMN hired TYPE timestamp;
SELECT max(hired) FROM employees;
