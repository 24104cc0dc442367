-- use shop
-- case script is one transaction | script
INSERT INTO customers (id, name) VALUES (10, 'a');
INSERT INTO customers (id, name) VALUES (11, 'b');
SELECT count(*) FROM customers;
-- case failed script stops | script
INSERT INTO customers (id, name) VALUES (10, 'a');
INSERT INTO customers (id, name) VALUES (1, 'dup');
SELECT count(*) FROM customers;
-- case begin and commit | script
BEGIN;
INSERT INTO customers (id, name) VALUES (10, 'a');
COMMIT;
SELECT count(*) FROM customers;
-- case begin and rollback | script
BEGIN;
INSERT INTO customers (id, name) VALUES (10, 'a');
ROLLBACK;
SELECT count(*) FROM customers;
-- case two transactions in a script | script
BEGIN;
INSERT INTO customers (id, name) VALUES (10, 'a');
COMMIT;
BEGIN;
INSERT INTO customers (id, name) VALUES (11, 'b');
ROLLBACK;
SELECT id FROM customers WHERE id >= 10;
-- case statement sees earlier statements | script
INSERT INTO customers (id, name) VALUES (10, 'a');
UPDATE customers SET name = 'b' WHERE id = 10;
DELETE FROM customers WHERE id = 6;
SELECT id, name FROM customers WHERE id >= 5;
-- case ddl in a transaction | script
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1), (2);
SELECT sum(a) FROM t;
-- case ddl rolled back | script
BEGIN;
CREATE TABLE t (a integer);
ROLLBACK;
SELECT * FROM t;
-- case deferred effects of cascade in a script | script
DELETE FROM items WHERE order_id = 105;
DELETE FROM orders WHERE id = 105;
DELETE FROM customers WHERE id = 5;
SELECT count(*) FROM customers;
-- case start transaction and end | script
START TRANSACTION;
INSERT INTO customers (id, name) VALUES (10, 'a');
END;
SELECT count(*) FROM customers;
-- case savepoint in a script | script
BEGIN;
INSERT INTO customers (id, name) VALUES (10, 'a');
SAVEPOINT s;
INSERT INTO customers (id, name) VALUES (11, 'b');
ROLLBACK TO SAVEPOINT s;
COMMIT;
SELECT count(*) FROM customers;
-- case set local in a script | script
SET TIME ZONE 'UTC';
SELECT 1 AS one;
-- case now is the same in the whole transaction | script
CREATE TABLE t (at timestamptz);
INSERT INTO t VALUES (now());
INSERT INTO t VALUES (now());
SELECT count(DISTINCT at) FROM t;
-- case isolation level clause | script
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO customers (id, name) VALUES (10, 'a');
COMMIT;
SELECT count(*) FROM customers;
-- case show a setting
SHOW TIME ZONE;
-- case current user and schema have values
SELECT current_user IS NOT NULL, session_user = current_user, current_schema, current_schema();
-- case version says something
SELECT length(version()) > 0;
