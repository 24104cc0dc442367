-- use shop
-- case insert one row
INSERT INTO customers (id, name) VALUES (10, 'Zed');
SELECT * FROM customers WHERE id = 10;
-- case insert all columns without list
INSERT INTO customers VALUES (10, 'Zed', 'Rome', true, '2024-01-01');
SELECT * FROM customers WHERE id = 10;
-- case insert fewer values than columns
INSERT INTO customers VALUES (10, 'Zed');
SELECT * FROM customers WHERE id = 10;
-- case insert several rows
INSERT INTO customers (id, name) VALUES (10, 'a'), (11, 'b'), (12, 'c');
SELECT count(*) FROM customers;
-- case insert with default keyword
INSERT INTO customers (id, name, vip, city) VALUES (10, 'a', DEFAULT, DEFAULT);
SELECT vip, city FROM customers WHERE id = 10;
-- case insert default values without key fails
INSERT INTO customers DEFAULT VALUES;
-- case insert columns in other order
INSERT INTO customers (name, id) VALUES ('x', 20);
SELECT id, name FROM customers WHERE id = 20;
-- case insert from select
INSERT INTO customers (id, name, city) SELECT id + 100, upper(name), city FROM customers WHERE vip;
SELECT id, name, city FROM customers WHERE id > 100;
-- case insert from the same table sees the old rows only
INSERT INTO customers (id, name) SELECT id + 10, name FROM customers;
SELECT count(*) FROM customers;
-- case insert from values with expressions
INSERT INTO products VALUES (10, 'x' || 'y', lower('ABC'), 1.005 * 2, ARRAY['a'] || ARRAY['b']);
SELECT * FROM products WHERE id = 10;
-- case insert returning
INSERT INTO customers (id, name) VALUES (10, 'Zed') RETURNING id, name, vip, city;
-- case insert returning star
INSERT INTO customers (id, name) VALUES (10, 'Zed') RETURNING *;
-- case insert returning expressions
INSERT INTO products VALUES (10, 'New', 'c', 9.99, NULL) RETURNING id * 2 AS twice, price + 1, upper(name), tags IS NULL;
-- case insert returning from select
INSERT INTO customers (id, name) SELECT id + 50, name FROM customers WHERE id < 3 RETURNING id, name;
-- case insert returning qualified by alias
INSERT INTO customers AS c (id, name) VALUES (10, 'x') RETURNING c.id, c.name;
-- case insert returning subquery
INSERT INTO customers (id, name) VALUES (10, 'x') RETURNING id, (SELECT count(*) FROM orders) AS n;
-- case insert rounds numeric to scale
INSERT INTO products VALUES (10, 'p', NULL, 1.239, NULL), (11, 'q', NULL, 1.235, NULL) RETURNING price;
-- case insert numeric overflow
INSERT INTO products VALUES (10, 'p', NULL, 123456789.00, NULL);
-- case insert varchar too long
INSERT INTO products VALUES (10, 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddX', NULL, 1, NULL);
-- case insert varchar trailing spaces are cut
INSERT INTO products VALUES (10, 'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd   ', NULL, 1, NULL) RETURNING length(name);
-- case insert assignment casts
INSERT INTO customers (id, name, joined) VALUES ('12', 5, '2024-05-06') RETURNING *;
-- case insert float into integer rounds
INSERT INTO customers (id, name) VALUES (10.6, 'r') RETURNING id;
-- case insert integer overflow
INSERT INTO customers (id, name) VALUES (3000000000, 'r');
-- case insert wrong type
INSERT INTO customers (id, name) VALUES (true, 'r');
-- case insert bad literal
INSERT INTO customers (id, name) VALUES ('abc', 'r');
-- case insert timestamp into date
INSERT INTO customers (id, name, joined) VALUES (10, 'd', timestamp '2024-05-06 23:59:59') RETURNING joined;
-- case insert date into timestamp
INSERT INTO orders (id, placed) VALUES (200, date '2024-05-06') RETURNING placed, status;
-- case insert null into not null
INSERT INTO customers (id, name) VALUES (10, NULL);
-- case insert omitting a not null column
INSERT INTO customers (id) VALUES (10);
-- case insert duplicate key
INSERT INTO customers (id, name) VALUES (1, 'dup');
-- case insert duplicate key inside the statement
INSERT INTO customers (id, name) VALUES (10, 'a'), (10, 'b');
SELECT count(*) FROM customers;
-- case insert violates unique
INSERT INTO products VALUES (10, 'Pencil', NULL, 1, NULL);
-- case insert violates check
INSERT INTO products VALUES (10, 'neg', NULL, -0.01, NULL);
-- case insert null passes check
INSERT INTO employees (id, name, salary) VALUES (20, 'n', NULL) RETURNING salary;
-- case insert violates foreign key
INSERT INTO orders (id, customer_id, placed) VALUES (200, 99, '2024-01-01');
-- case insert null foreign key
INSERT INTO orders (id, customer_id, placed) VALUES (200, NULL, '2024-01-01') RETURNING id;
-- case failed insert leaves nothing
INSERT INTO customers (id, name) VALUES (10, 'a'), (11, 'b'), (1, 'dup');
SELECT count(*) FROM customers;
-- case self referencing rows in one insert
INSERT INTO employees (id, name, manager_id) VALUES (30, 'boss', NULL), (31, 'worker', 30);
SELECT id, manager_id FROM employees WHERE id >= 30;
-- case self reference to a later row of the same insert
INSERT INTO employees (id, name, manager_id) VALUES (31, 'worker', 30), (30, 'boss', NULL);
SELECT id, manager_id FROM employees WHERE id >= 30;
-- case row referencing itself
INSERT INTO employees (id, name, manager_id) VALUES (40, 'self', 40);
SELECT id, manager_id FROM employees WHERE id = 40;
-- case insert unknown column
INSERT INTO customers (id, nothing) VALUES (1, 2);
-- case insert unknown table
INSERT INTO nowhere VALUES (1);
-- case insert too many values
INSERT INTO customers (id) VALUES (1, 2);
-- case insert too few values
INSERT INTO customers (id, name) VALUES (10);
-- case insert column twice
INSERT INTO customers (id, id) VALUES (1, 2);
-- case insert rows of different length
INSERT INTO customers (id, name) VALUES (10, 'a'), (11);
-- case insert select with too many columns
INSERT INTO customers (id) SELECT id, name FROM customers;
-- case insert with a query with order | ordered
INSERT INTO customers (id, name) SELECT 100 + id, name FROM customers ORDER BY id DESC LIMIT 2;
SELECT id FROM customers WHERE id > 100 ORDER BY id;
-- case insert union
INSERT INTO customers (id, name) SELECT 10, 'a' UNION ALL SELECT 11, 'b' RETURNING id;
-- case insert with a subquery value
INSERT INTO customers (id, name) VALUES ((SELECT max(id) + 1 FROM customers), 'next') RETURNING id;
-- case insert on every type
INSERT INTO items VALUES (104, 1, 1, 5, 0.5), (104, 2, 2, 6, NULL) RETURNING *;
-- case insert generate_series
INSERT INTO customers (id, name) SELECT g, 'n' || g FROM generate_series(100, 149) g;
SELECT count(*), min(name), max(name) FROM customers WHERE id >= 100;
-- case insert on conflict do nothing
INSERT INTO customers (id, name) VALUES (1, 'dup'), (10, 'new') ON CONFLICT DO NOTHING;
SELECT id, name FROM customers WHERE id IN (1, 10);
-- case insert on conflict with target do nothing
INSERT INTO customers (id, name) VALUES (1, 'dup') ON CONFLICT (id) DO NOTHING RETURNING id;
-- case insert on conflict do nothing of duplicates in the statement
INSERT INTO customers (id, name) VALUES (10, 'a'), (10, 'b') ON CONFLICT (id) DO NOTHING RETURNING id, name;
-- case insert on conflict do nothing for other constraint fails
INSERT INTO products VALUES (10, 'Pencil', NULL, 1, NULL) ON CONFLICT (id) DO NOTHING;
-- case insert on conflict do nothing any constraint
INSERT INTO products VALUES (10, 'Pencil', NULL, 1, NULL) ON CONFLICT DO NOTHING;
-- case insert on conflict update
INSERT INTO customers (id, name, city) VALUES (1, 'Anna', 'Bonn') ON CONFLICT (id) DO UPDATE SET name = excluded.name, city = excluded.city;
SELECT * FROM customers WHERE id = 1;
-- case insert on conflict update mixes old and new
INSERT INTO items VALUES (100, 1, 1, 5, NULL) ON CONFLICT (order_id, line) DO UPDATE SET quantity = items.quantity + excluded.quantity RETURNING quantity;
-- case insert on conflict update returning for both kinds
INSERT INTO customers (id, name) VALUES (1, 'A1'), (10, 'A10') ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id, name, city;
-- case insert on conflict update where
INSERT INTO customers (id, name) VALUES (1, 'x'), (2, 'y') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE customers.vip RETURNING id, name;
-- case insert on conflict update counts only affected rows
INSERT INTO customers (id, name) VALUES (1, 'x'), (2, 'y'), (10, 'z') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE customers.vip;
-- case insert on conflict on unique column
INSERT INTO products VALUES (99, 'Pencil', 'new', 7, NULL) ON CONFLICT (name) DO UPDATE SET price = excluded.price RETURNING id, category, price;
-- case insert on conflict on constraint
INSERT INTO products VALUES (99, 'Pencil', 'new', 7, NULL) ON CONFLICT ON CONSTRAINT products_name_key DO UPDATE SET price = 8 RETURNING id, price;
-- case insert on conflict on unknown constraint
INSERT INTO products VALUES (99, 'Pencil', 'new', 7, NULL) ON CONFLICT ON CONSTRAINT nothing DO NOTHING;
-- case insert on conflict without matching index
INSERT INTO customers (id, name) VALUES (1, 'x') ON CONFLICT (name) DO NOTHING;
-- case insert on conflict update twice the same row
INSERT INTO customers (id, name) VALUES (10, 'a'), (10, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
-- case insert on conflict update twice an existing row
INSERT INTO customers (id, name) VALUES (1, 'a'), (1, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
SELECT name FROM customers WHERE id = 1;
-- case insert on conflict update needs a target
INSERT INTO customers (id, name) VALUES (1, 'a') ON CONFLICT DO UPDATE SET name = 'x';
-- case insert on conflict update to default
INSERT INTO customers (id, name, vip) VALUES (1, 'a', true) ON CONFLICT (id) DO UPDATE SET vip = DEFAULT RETURNING vip;
-- case insert on conflict update with row assignment
INSERT INTO customers (id, name, city) VALUES (1, 'n', 'c') ON CONFLICT (id) DO UPDATE SET (name, city) = (excluded.name, excluded.city || '!') RETURNING name, city;
-- case insert on conflict update with subquery
INSERT INTO customers (id, name) VALUES (1, 'n') ON CONFLICT (id) DO UPDATE SET name = (SELECT name FROM products WHERE id = 2) RETURNING name;
-- case insert on conflict update violates check
INSERT INTO products VALUES (1, 'Pencil', NULL, 5, NULL) ON CONFLICT (id) DO UPDATE SET price = -1;
-- case insert on conflict update violates not null
INSERT INTO customers (id, name) VALUES (1, 'n') ON CONFLICT (id) DO UPDATE SET name = NULL;
-- case insert on conflict update changes the key
INSERT INTO customers (id, name) VALUES (6, 'n') ON CONFLICT (id) DO UPDATE SET id = 60 RETURNING id;
-- case insert on conflict ambiguous column
INSERT INTO customers (id, name) VALUES (1, 'n') ON CONFLICT (id) DO UPDATE SET name = name || 'x';
-- case insert on conflict with alias
INSERT INTO customers AS c (id, name) VALUES (1, 'n') ON CONFLICT (id) DO UPDATE SET name = c.name || excluded.name RETURNING c.name;
-- case insert select on conflict
INSERT INTO customers (id, name) SELECT id, upper(name) FROM customers WHERE id < 3 ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id, name;
-- case insert on conflict composite key
INSERT INTO items VALUES (100, 2, 2, 9, 0.9) ON CONFLICT (line, order_id) DO UPDATE SET discount = excluded.discount RETURNING *;
-- case insert on conflict not null violation is no conflict
INSERT INTO customers (id, name) VALUES (1, NULL) ON CONFLICT DO NOTHING;
-- case insert into a table with case sensitive columns
CREATE TABLE "Odd Table" ("Key" integer PRIMARY KEY, "select" text);
INSERT INTO "Odd Table" ("Key", "select") VALUES (1, 'x') RETURNING "Key", "select";
SELECT "select" FROM "Odd Table" WHERE "Key" = 1;
-- case insert with trailing comment
INSERT INTO customers (id, name) VALUES (10, 'x') -- done
;
-- case insert array with null element
INSERT INTO products VALUES (10, 'n', NULL, 1, '{a,NULL}') RETURNING tags;
