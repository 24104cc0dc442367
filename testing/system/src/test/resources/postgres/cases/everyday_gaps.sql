-- What is written every day and answered otherwise; each case is listed in differences.txt.
-- use shop
-- case json keeps order and has blanks of its own
SELECT json_build_object('name', name, 'id', id), row_to_json(c), '{"b":1,  "a":2}'::json FROM customers c WHERE id = 1;
-- case json aggregates keep order
SELECT json_agg(t), json_object_agg(t.name, t.id ORDER BY t.id) FROM (SELECT name, id FROM customers WHERE id < 3 ORDER BY id) t;
-- case row as a value
SELECT ROW(1, 'x', NULL);
-- case whole row as a value
SELECT c FROM customers c WHERE id = 1;
-- case field of a whole row
SELECT (c).name FROM customers c WHERE id = 1;
-- case search depth first
WITH RECURSIVE g AS (SELECT id, manager_id FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, e.manager_id FROM employees e, g WHERE e.manager_id = g.id) SEARCH DEPTH FIRST BY id SET ord SELECT id FROM g ORDER BY ord;
-- case cycle
WITH RECURSIVE g AS (SELECT id, manager_id FROM employees WHERE id = 1 UNION ALL SELECT e.id, e.manager_id FROM employees e, g WHERE e.manager_id = g.id) CYCLE id SET is_cycle USING path SELECT id, is_cycle FROM g;
-- case json constructors of the standard
SELECT json_object('a': 1, 'b': 'x'), json_array(1, 2, 'a'), json_scalar(1);
-- case json query functions of the standard
SELECT json_value('{"a":1}', '$.a'), json_query('{"a":[1]}', '$.a'), json_exists('{"a":1}', '$.a');
-- case json_table
SELECT * FROM json_table('[{"a":1},{"a":2}]', '$[*]' COLUMNS (a int PATH '$.a')) t;
-- case is json with unique keys
SELECT '{"a":1,"a":2}' IS JSON WITH UNIQUE KEYS;
-- case bit strings
SELECT B'101', B'1100' & B'1010', 5::bit(4);
-- case bytes in base sixteen
SELECT X'1f';
-- case ranges
SELECT '[1,3]'::int4range, 3 <@ int4range(1, 5), daterange('2024-01-01', '2024-02-01') @> '2024-01-15'::date;
-- case addresses points and money
SELECT '192.168.0.5'::inet << '192.168.0.0/24'::cidr, '(1,2)'::point, '$1,234.50'::money;
-- case full text search
SELECT to_tsvector('english', 'The quick brown foxes') @@ to_tsquery('english', 'fox');
-- case enum types
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
-- case domains
CREATE DOMAIN posint AS int CHECK (value > 0);
-- case sequences apart from columns
CREATE SEQUENCE s START 5;
SELECT nextval('s');
-- case setval of a serial column
CREATE TABLE t (id serial PRIMARY KEY);
SELECT setval('t_id_seq', 10);
-- case functions of the user
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';
-- case do blocks
DO $$ BEGIN NULL; END $$;
-- case analyze and vacuum
ANALYZE customers;
-- case select into
SELECT id, name INTO t FROM customers WHERE id < 3;
-- case merge returning
MERGE INTO customers c USING (VALUES (1, 'one')) AS v (id, name) ON c.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name RETURNING merge_action(), c.id;
-- case array of two dimensions filled
SELECT array_fill('x'::text, ARRAY[2,2]);
-- case series of instants in a zone
SELECT * FROM generate_series(timestamptz '2024-03-30 00:00+00', '2024-04-01 00:00+00', '1 day', 'Europe/Berlin');
-- case constants are not computed before they are needed
SELECT CASE WHEN id > 0 THEN 1 ELSE 1 / 0 END FROM customers WHERE id = 1;
-- case ignore nulls
SELECT id, last_value(department) IGNORE NULLS OVER (ORDER BY id) FROM employees WHERE id > 6;
-- case subscript right behind an array
SELECT ARRAY[1, 2, 3][2];
-- case system columns
INSERT INTO customers (id, name) VALUES (1, 'X') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name RETURNING (xmax = 0) AS inserted;
-- case row before an upsert
INSERT INTO customers (id, name) VALUES (1, 'X') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name RETURNING old.name, new.name;
