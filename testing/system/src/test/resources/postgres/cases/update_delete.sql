-- use shop
-- case update one row
UPDATE customers SET city = 'Rome' WHERE id = 2;
SELECT id, city FROM customers;
-- case update all rows
UPDATE customers SET vip = NOT vip;
SELECT id, vip FROM customers;
-- case update several columns
UPDATE customers SET city = 'Rome', vip = true, name = upper(name) WHERE id < 3;
SELECT * FROM customers WHERE id < 3;
-- case update sees old values on the right side
UPDATE items SET quantity = line, line = quantity + 10 WHERE order_id = 100;
SELECT line, quantity FROM items WHERE order_id = 100;
-- case update with row assignment
UPDATE customers SET (name, city) = ('N', 'C') WHERE id = 1 RETURNING name, city;
-- case update with row subquery
UPDATE customers SET (name, city) = (SELECT name, category FROM products WHERE id = 3) WHERE id = 1 RETURNING name, city;
-- case update with empty row subquery sets nulls
UPDATE customers SET (city, joined) = (SELECT category, NULL::date FROM products WHERE id = 99) WHERE id = 1 RETURNING city, joined;
-- case update with scalar subquery
UPDATE customers c SET city = (SELECT max(status) FROM orders o WHERE o.customer_id = c.id) RETURNING id, city;
-- case update to default and null
UPDATE customers SET vip = DEFAULT, city = NULL WHERE id = 1 RETURNING vip, city;
-- case update no rows
UPDATE customers SET city = 'x' WHERE id = 99;
-- case update returning
UPDATE products SET price = price * 1.1 WHERE category = 'paper' RETURNING id, price;
-- case update returning star
UPDATE customers SET city = 'Rome' WHERE id = 1 RETURNING *;
-- case update returning old and new by expression
UPDATE products SET price = price + 1 WHERE id = 1 RETURNING price - 1 AS before, price AS after;
-- case update returning old and new rows
UPDATE products SET price = price + 1 WHERE id = 1 RETURNING old.price, new.price;
-- case update from
UPDATE orders SET note = c.name FROM customers c WHERE c.id = orders.customer_id AND c.vip RETURNING orders.id, note, c.city;
-- case update from with alias
UPDATE orders o SET status = 'vip' FROM customers c WHERE c.id = o.customer_id AND c.vip;
SELECT id, status FROM orders;
-- case update from a subquery
UPDATE customers SET city = s.k FROM (SELECT customer_id, count(*)::text AS k FROM orders GROUP BY customer_id) s WHERE s.customer_id = customers.id;
SELECT id, city FROM customers;
-- case update from join of two tables
UPDATE items i SET quantity = 0 FROM orders o JOIN customers c ON c.id = o.customer_id WHERE i.order_id = o.id AND c.city = 'Berlin' RETURNING i.order_id, i.line;
-- case update from values
UPDATE products p SET price = v.price FROM (VALUES (1, 7.5), (2, 8.25)) v (id, price) WHERE v.id = p.id RETURNING p.id, p.price;
-- case update from matching one row several times changes it once
UPDATE customers SET city = 'many' FROM orders WHERE orders.customer_id = customers.id;
SELECT id, city FROM customers;
-- case update where in subquery
UPDATE customers SET vip = true WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');
SELECT id FROM customers WHERE vip;
-- case update where exists
UPDATE customers c SET vip = true WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'cancelled') RETURNING id;
-- case update primary key
UPDATE customers SET id = 60 WHERE id = 6;
SELECT id FROM customers;
-- case update primary key to a taken one
UPDATE customers SET id = 1 WHERE id = 6;
-- case update shifts keys upward
UPDATE products SET id = id + 100 WHERE id = 6;
SELECT id FROM products;
-- case update of all keys through each other
CREATE TABLE k (id integer PRIMARY KEY);
INSERT INTO k VALUES (1), (2), (3);
UPDATE k SET id = id + 10;
SELECT id FROM k;
-- case update referenced key is restricted
UPDATE customers SET id = 70 WHERE id = 1;
-- case update foreign key to missing row
UPDATE orders SET customer_id = 99 WHERE id = 100;
-- case update foreign key to null
UPDATE orders SET customer_id = NULL WHERE id = 100 RETURNING id, customer_id;
-- case update violates check
UPDATE products SET price = price - 10;
SELECT id, price FROM products;
-- case update violates not null
UPDATE customers SET name = NULL WHERE id = 1;
-- case update violates unique
UPDATE products SET name = 'Lamp' WHERE id = 1;
-- case update varchar too long
UPDATE products SET name = repeat('x', 41) WHERE id = 1;
-- case update numeric overflow
UPDATE products SET price = 1e9 WHERE id = 1;
-- case update assignment cast
UPDATE products SET price = '12.345', category = 5 WHERE id = 1 RETURNING price, category;
-- case update integer from text is refused
UPDATE customers SET id = name;
-- case update unknown column
UPDATE customers SET nothing = 1;
-- case update unknown table
UPDATE nowhere SET a = 1;
-- case update column twice
UPDATE customers SET city = 'a', city = 'b';
-- case update target qualified column
UPDATE customers SET customers.city = 'x';
-- case update jsonb and array elements
UPDATE products SET tags = array_append(tags, 'new') WHERE id IN (1, 4) RETURNING id, tags;
-- case update one array element
UPDATE products SET tags[1] = 'first' WHERE id = 1 RETURNING tags;
-- case update is not seen by its own condition
UPDATE employees SET salary = salary + 1000 WHERE salary < 5500 RETURNING id, salary;
-- case update on an indexed column
UPDATE orders SET customer_id = 2 WHERE customer_id = 1;
SELECT id FROM orders WHERE customer_id = 2;
SELECT id FROM orders WHERE customer_id = 1;
-- case update order by is refused
UPDATE customers SET city = 'x' ORDER BY id;
-- case failed update leaves nothing
UPDATE products SET price = 10 / (id - 3);
SELECT id, price FROM products;
-- case update with aggregate subquery of the same table
UPDATE employees SET salary = (SELECT max(salary) FROM employees) WHERE salary IS NULL RETURNING id, salary;
-- case update with aggregate is refused
UPDATE employees SET salary = max(salary);
-- case update case expression
UPDATE products SET category = CASE WHEN price > 20 THEN 'dear' ELSE 'cheap' END RETURNING id, category;
-- case update with lateral from
UPDATE customers c SET city = x.status FROM LATERAL (SELECT status FROM orders WHERE id = 100) x WHERE c.id = 1 RETURNING c.city;
-- case delete one row
DELETE FROM items WHERE order_id = 100 AND line = 1;
SELECT count(*) FROM items;
-- case delete all rows
DELETE FROM items;
SELECT count(*) FROM items;
-- case delete no rows
DELETE FROM items WHERE order_id = 999;
-- case delete returning
DELETE FROM items WHERE quantity < 3 RETURNING order_id, line, quantity * 2 AS twice;
-- case delete returning star with alias
DELETE FROM items AS i WHERE i.order_id = 105 RETURNING i.*;
-- case delete using
DELETE FROM items USING orders o WHERE o.id = items.order_id AND o.status = 'paid';
SELECT order_id, line FROM items;
-- case delete using two tables
DELETE FROM items i USING orders o, customers c WHERE o.id = i.order_id AND c.id = o.customer_id AND c.city = 'Berlin' RETURNING i.order_id, i.line, c.name;
-- case delete using subquery
DELETE FROM items USING (SELECT id FROM orders WHERE status = 'open') o WHERE o.id = items.order_id RETURNING items.*;
-- case delete using join matches once
DELETE FROM customers USING products WHERE customers.id = 6;
SELECT count(*) FROM customers;
-- case delete where in
DELETE FROM items WHERE product_id IN (SELECT id FROM products WHERE category = 'paper') RETURNING order_id;
-- case delete where not exists
DELETE FROM products p WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.product_id = p.id) RETURNING id;
-- case delete correlated with itself
DELETE FROM employees e WHERE NOT EXISTS (SELECT 1 FROM employees x WHERE x.manager_id = e.id);
SELECT id FROM employees;
-- case delete cascades
DELETE FROM orders WHERE id = 102;
SELECT order_id, line FROM items;
-- case delete referenced row is restricted
DELETE FROM customers WHERE id = 1;
-- case delete referenced row that nothing references
DELETE FROM customers WHERE id = 6;
-- case delete self referencing rows together
DELETE FROM employees;
SELECT count(*) FROM employees;
-- case delete self referenced manager fails
DELETE FROM employees WHERE id = 2;
-- case failed delete leaves everything
DELETE FROM customers;
SELECT count(*) FROM customers;
-- case delete and insert again the same key
DELETE FROM customers WHERE id = 6;
INSERT INTO customers (id, name) VALUES (6, 'again');
SELECT * FROM customers WHERE id = 6;
-- case delete unknown table
DELETE FROM nowhere;
-- case delete unknown column
DELETE FROM customers WHERE nothing = 1;
-- case truncate
TRUNCATE items;
SELECT count(*) FROM items;
-- case truncate several tables
TRUNCATE TABLE items, orders;
SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM orders);
-- case truncate referenced table is refused
TRUNCATE customers;
-- case truncate cascade
TRUNCATE customers CASCADE;
SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM orders), (SELECT count(*) FROM customers);
-- case truncate unknown table
TRUNCATE nowhere;
-- case merge
MERGE INTO customers c USING (VALUES (1, 'one'), (50, 'fifty')) AS v (id, name) ON c.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name);
SELECT id, name FROM customers;
