-- case primary key on several columns
CREATE TABLE t (a integer, b text, c integer, PRIMARY KEY (a, b));
INSERT INTO t VALUES (1, 'x', 1), (1, 'y', 2), (2, 'x', 3);
INSERT INTO t VALUES (1, 'x', 9);
INSERT INTO t VALUES (NULL, 'x', 9);
SELECT * FROM t;
-- case primary key implies not null
CREATE TABLE t (a integer PRIMARY KEY);
INSERT INTO t VALUES (NULL);
-- case unique allows several nulls
CREATE TABLE t (a integer UNIQUE);
INSERT INTO t VALUES (1), (NULL), (NULL);
INSERT INTO t VALUES (1);
SELECT count(*) FROM t;
-- case unique nulls not distinct
CREATE TABLE t (a integer UNIQUE NULLS NOT DISTINCT);
INSERT INTO t VALUES (NULL);
INSERT INTO t VALUES (NULL);
-- case unique on two columns
CREATE TABLE t (a integer, b integer, UNIQUE (a, b));
INSERT INTO t VALUES (1, 1), (1, 2), (1, NULL), (1, NULL);
INSERT INTO t VALUES (1, 2);
SELECT count(*) FROM t;
-- case unique treats equal numerics as equal
CREATE TABLE t (a numeric UNIQUE);
INSERT INTO t VALUES (1.0);
INSERT INTO t VALUES (1.00);
-- case unique on float zero signs
CREATE TABLE t (a float8 UNIQUE);
INSERT INTO t VALUES (0.0);
INSERT INTO t VALUES (-0.0::float8);
-- case unique text is case sensitive
CREATE TABLE t (a text UNIQUE);
INSERT INTO t VALUES ('a'), ('A'), ('a ');
SELECT count(*) FROM t;
-- case check on one column
CREATE TABLE t (a integer CHECK (a > 0));
INSERT INTO t VALUES (1), (NULL);
INSERT INTO t VALUES (0);
UPDATE t SET a = -1;
SELECT a FROM t;
-- case check over several columns
CREATE TABLE t (a integer, b integer, CONSTRAINT ordered CHECK (a <= b));
INSERT INTO t VALUES (1, 2), (1, NULL), (3, 3);
INSERT INTO t VALUES (2, 1);
SELECT count(*) FROM t;
-- case check with functions
CREATE TABLE t (name text CHECK (length(name) BETWEEN 2 AND 5 AND name ~ '^[a-z]+$'));
INSERT INTO t VALUES ('abc');
INSERT INTO t VALUES ('a');
INSERT INTO t VALUES ('ABC');
INSERT INTO t VALUES ('abcdef');
-- case check with in and case
CREATE TABLE t (kind text CHECK (kind IN ('a', 'b')), n integer, CHECK (CASE WHEN kind = 'a' THEN n > 0 ELSE true END));
INSERT INTO t VALUES ('a', 1), ('b', -1);
INSERT INTO t VALUES ('c', 1);
INSERT INTO t VALUES ('a', 0);
-- case check error division by zero
CREATE TABLE t (a integer CHECK (10 / a > 1));
INSERT INTO t VALUES (5);
INSERT INTO t VALUES (0);
-- case check with subquery is refused
CREATE TABLE t (a integer CHECK (a IN (SELECT 1)));
-- case check must be boolean
CREATE TABLE t (a integer CHECK (a + 1));
-- case check on unknown column
CREATE TABLE t (a integer CHECK (b > 1));
-- case not null
CREATE TABLE t (a integer NOT NULL, b integer);
INSERT INTO t (b) VALUES (1);
INSERT INTO t VALUES (1, NULL);
UPDATE t SET a = NULL;
SELECT * FROM t;
-- case foreign key no action
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p_id integer REFERENCES p);
INSERT INTO p VALUES (1), (2);
INSERT INTO c VALUES (1, 1);
DELETE FROM p WHERE id = 1;
DELETE FROM p WHERE id = 2;
INSERT INTO c VALUES (2, 2);
SELECT (SELECT count(*) FROM p), (SELECT count(*) FROM c);
-- case foreign key restrict
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (p_id integer REFERENCES p (id) ON DELETE RESTRICT);
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1);
DELETE FROM p;
-- case foreign key cascade delete over two levels
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a ON DELETE CASCADE);
CREATE TABLE c (id integer PRIMARY KEY, b_id integer REFERENCES b ON DELETE CASCADE);
INSERT INTO a VALUES (1), (2);
INSERT INTO b VALUES (10, 1), (11, 1), (12, 2);
INSERT INTO c VALUES (100, 10), (101, 11), (102, 12);
DELETE FROM a WHERE id = 1;
SELECT id FROM b;
SELECT id FROM c;
-- case foreign key set null
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer, p_id integer REFERENCES p ON DELETE SET NULL);
INSERT INTO p VALUES (1), (2);
INSERT INTO c VALUES (1, 1), (2, 2), (3, 1);
DELETE FROM p WHERE id = 1;
SELECT * FROM c;
-- case foreign key set null on not null column fails
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer, p_id integer NOT NULL REFERENCES p ON DELETE SET NULL);
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1, 1);
DELETE FROM p;
SELECT count(*) FROM p;
-- case foreign key cascade update
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer, p_id integer REFERENCES p ON UPDATE CASCADE);
INSERT INTO p VALUES (1), (2);
INSERT INTO c VALUES (1, 1), (2, 2);
UPDATE p SET id = 10 WHERE id = 1;
SELECT * FROM c;
-- case foreign key set default
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer, p_id integer DEFAULT 2 REFERENCES p ON DELETE SET DEFAULT);
INSERT INTO p VALUES (1), (2);
INSERT INTO c VALUES (1, 1);
DELETE FROM p WHERE id = 1;
SELECT * FROM c;
-- case foreign key on two columns
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (x integer, y integer, FOREIGN KEY (x, y) REFERENCES p (a, b));
INSERT INTO p VALUES (1, 2);
INSERT INTO c VALUES (1, 2), (1, NULL), (NULL, 7);
INSERT INTO c VALUES (2, 1);
SELECT count(*) FROM c;
-- case foreign key to unique column
CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE);
CREATE TABLE c (code text REFERENCES p (code));
INSERT INTO p VALUES (1, 'x');
INSERT INTO c VALUES ('x');
INSERT INTO c VALUES ('y');
-- case foreign key to a column that is not unique
CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE c (code text REFERENCES p (code));
-- case foreign key to unknown table
CREATE TABLE c (x integer REFERENCES nowhere);
-- case foreign key to unknown column
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (x integer REFERENCES p (nothing));
-- case foreign key of other type
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (x text REFERENCES p (id));
-- case foreign key of wider integer type
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE c (x integer REFERENCES p (id));
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1);
INSERT INTO c VALUES (2);
-- case foreign key to itself
CREATE TABLE n (id integer PRIMARY KEY, parent integer REFERENCES n (id) ON DELETE CASCADE);
INSERT INTO n VALUES (1, NULL), (2, 1), (3, 2), (4, NULL);
DELETE FROM n WHERE id = 1;
SELECT id FROM n;
-- case two primary keys are refused
CREATE TABLE t (a integer PRIMARY KEY, b integer PRIMARY KEY);
-- case primary key on unknown column
CREATE TABLE t (a integer, PRIMARY KEY (b));
-- case unique index created later finds duplicates
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1), (1);
CREATE UNIQUE INDEX t_a ON t (a);
-- case unique index created later guards
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1), (2);
CREATE UNIQUE INDEX t_a ON t (a);
INSERT INTO t VALUES (2);
-- case add constraint check validates rows
CREATE TABLE t (a integer);
INSERT INTO t VALUES (-1);
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
-- case add constraint unique and drop it
CREATE TABLE t (a integer);
ALTER TABLE t ADD CONSTRAINT one UNIQUE (a);
INSERT INTO t VALUES (1);
INSERT INTO t VALUES (1);
ALTER TABLE t DROP CONSTRAINT one;
INSERT INTO t VALUES (1);
SELECT count(*) FROM t;
-- case add foreign key validates rows
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (x integer);
INSERT INTO c VALUES (5);
ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (x) REFERENCES p (id);
-- case add primary key later
CREATE TABLE t (a integer, b integer);
INSERT INTO t VALUES (1, 1), (2, 2);
ALTER TABLE t ADD PRIMARY KEY (a);
INSERT INTO t VALUES (1, 3);
INSERT INTO t (b) VALUES (3);
-- case drop unknown constraint
CREATE TABLE t (a integer);
ALTER TABLE t DROP CONSTRAINT nothing;
-- case set and drop not null
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
INSERT INTO t VALUES (NULL);
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
INSERT INTO t VALUES (NULL);
SELECT count(*) FROM t;
-- case set not null finds nulls
CREATE TABLE t (a integer);
INSERT INTO t VALUES (NULL);
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case varchar length counts characters
CREATE TABLE t (v varchar(3));
INSERT INTO t VALUES ('äöü');
INSERT INTO t VALUES ('abcd');
SELECT v FROM t;
-- case explicit cast truncates where assignment refuses
CREATE TABLE t (v varchar(3));
INSERT INTO t VALUES ('abcdef'::varchar(3));
SELECT v FROM t;
-- case numeric scale rounds on storage
CREATE TABLE t (n numeric(4,1));
INSERT INTO t VALUES (1.25), (999.94), (-0.05);
INSERT INTO t VALUES (999.95);
SELECT n FROM t;
-- case smallint range
CREATE TABLE t (n smallint);
INSERT INTO t VALUES (32767), (-32768);
INSERT INTO t VALUES (32768);
-- case constraint names are made up like postgres does
CREATE TABLE things (id integer PRIMARY KEY, a integer UNIQUE, b integer CHECK (b > 0));
ALTER TABLE things DROP CONSTRAINT things_a_key;
ALTER TABLE things DROP CONSTRAINT things_b_check;
ALTER TABLE things DROP CONSTRAINT things_pkey;
INSERT INTO things VALUES (1, 1, -1), (1, 1, -1);
-- case duplicate constraint name
CREATE TABLE t (a integer CONSTRAINT x CHECK (a > 0), b integer CONSTRAINT x CHECK (b > 0));
-- case swap of unique values in one statement
CREATE TABLE t (a integer PRIMARY KEY);
INSERT INTO t VALUES (1), (2);
UPDATE t SET a = 3 - a;
