-- use shop
-- case all columns of a table
SELECT * FROM customers;
-- case chosen columns
SELECT name, id FROM customers;
-- case column alias with AS
SELECT id AS number, name AS who FROM customers;
-- case column alias without AS
SELECT id number, name who FROM customers;
-- case table alias
SELECT c.id, c.name FROM customers c;
-- case table alias with AS and star
SELECT c.* FROM customers AS c WHERE c.vip;
-- case star and more columns
SELECT *, id + 1 AS next FROM customers WHERE id < 3;
-- case alias with column names
SELECT x, y FROM customers AS c (x, y) WHERE x = 1;
-- case constant without from
SELECT 1;
-- case unnamed columns
SELECT 1, 'a', true, NULL;
-- case names of function columns
SELECT upper('a'), coalesce(NULL, 1), length('abc'), now() = now();
-- case names of cast columns
SELECT '1'::int, CAST('1' AS bigint), 1::text, id::text FROM customers WHERE id = 1;
-- case name of case column
SELECT CASE WHEN true THEN 1 END, CASE WHEN true THEN 1 ELSE id END FROM customers WHERE id = 1;
-- case name of subquery column
SELECT (SELECT name FROM customers WHERE id = 1), (SELECT max(id) AS top FROM customers);
-- case name of exists column
SELECT EXISTS (SELECT 1), ARRAY(SELECT 1), ARRAY[1, 2];
-- case names of operators
SELECT 1 + 1, NOT true, 1 = 1, 'a' || 'b', -5;
-- case names of special functions
SELECT extract(year FROM date '2024-01-01'), substring('abc' FROM 2), trim(' a '), position('b' IN 'abc'), overlay('abc' PLACING 'x' FROM 2);
-- case names of aggregates
SELECT count(*), sum(id), min(name), max(id) FROM customers;
-- case name of array subscript
SELECT tags[1], (tags)[2] FROM products WHERE id = 1;
-- case name of greatest least nullif
SELECT greatest(1, 2), least(1, 2), nullif(1, 2);
-- case where with comparison
SELECT id FROM customers WHERE id >= 3;
-- case where without from
SELECT 1 WHERE false;
-- case where without from true
SELECT 'yes' WHERE 1 < 2;
-- case where on text equality is case sensitive
SELECT id FROM customers WHERE name = 'ann';
-- case where with and or not
SELECT id FROM customers WHERE (city = 'Berlin' OR city = 'Paris') AND NOT vip;
-- case where null is unknown
SELECT id FROM customers WHERE city <> 'Berlin';
-- case where on a boolean column
SELECT id FROM customers WHERE vip;
-- case where null literal
SELECT id FROM customers WHERE NULL;
-- case is null
SELECT id FROM customers WHERE city IS NULL;
-- case is not null
SELECT id FROM orders WHERE note IS NOT NULL;
-- case between
SELECT id FROM products WHERE price BETWEEN 2 AND 25;
-- case not between
SELECT id FROM products WHERE price NOT BETWEEN 2 AND 25;
-- case between symmetric
SELECT id FROM products WHERE price BETWEEN SYMMETRIC 25 AND 2;
-- case in list
SELECT id FROM customers WHERE city IN ('Oslo', 'Paris');
-- case not in list
SELECT id FROM customers WHERE city NOT IN ('Oslo', 'Paris');
-- case in list with null
SELECT id FROM customers WHERE city IN ('Oslo', NULL);
-- case not in list with null
SELECT id FROM customers WHERE city NOT IN ('Oslo', NULL);
-- case distinct
SELECT DISTINCT city FROM customers;
-- case distinct on two columns
SELECT DISTINCT city, vip FROM customers;
-- case distinct with expression
SELECT DISTINCT lower(name) FROM customers;
-- case distinct on | ordered
SELECT DISTINCT ON (city) city, id, name FROM customers ORDER BY city, id DESC;
-- case distinct on two expressions | ordered
SELECT DISTINCT ON (city, vip) city, vip, id FROM customers ORDER BY city, vip, id;
-- case distinct on expression | ordered
SELECT DISTINCT ON (lower(name)) lower(name) AS n, id FROM customers ORDER BY lower(name), id DESC;
-- case distinct on with limit | ordered
SELECT DISTINCT ON (customer_id) customer_id, id FROM orders ORDER BY customer_id, placed DESC LIMIT 3;
-- case distinct on not matching order by
SELECT DISTINCT ON (city) city, id FROM customers ORDER BY id;
-- case select all keyword
SELECT ALL vip FROM customers;
-- case empty select list
SELECT FROM customers;
-- case order by column | ordered
SELECT id, name FROM customers ORDER BY name;
-- case order by position | ordered
SELECT name, id FROM customers ORDER BY 2 DESC;
-- case order by output alias | ordered
SELECT id, -id AS negative FROM customers ORDER BY negative;
-- case order by expression of input columns | ordered
SELECT name FROM customers ORDER BY id % 3, id;
-- case order by column not selected | ordered
SELECT name FROM customers ORDER BY joined DESC NULLS LAST, id;
-- case order by output name wins over input name | ordered
SELECT -id AS id FROM customers ORDER BY id;
-- case order by nulls last by default | ordered
SELECT id, city FROM customers ORDER BY city, id;
-- case order by desc puts nulls first | ordered
SELECT id, city FROM customers ORDER BY city DESC, id;
-- case order by nulls first | ordered
SELECT id, joined FROM customers ORDER BY joined NULLS FIRST, id;
-- case order by desc nulls last | ordered
SELECT id, joined FROM customers ORDER BY joined DESC NULLS LAST, id;
-- case order by several directions | ordered
SELECT city, vip, id FROM customers ORDER BY vip DESC, city ASC, id DESC;
-- case order by using operator | ordered
SELECT id FROM customers ORDER BY id USING >;
-- case order by case expression | ordered
SELECT id, status FROM orders ORDER BY CASE status WHEN 'open' THEN 0 WHEN 'paid' THEN 1 ELSE 2 END, id;
-- case limit | ordered
SELECT id FROM customers ORDER BY id LIMIT 2;
-- case offset | ordered
SELECT id FROM customers ORDER BY id OFFSET 4;
-- case limit and offset | ordered
SELECT id FROM customers ORDER BY id LIMIT 2 OFFSET 3;
-- case offset before limit | ordered
SELECT id FROM customers ORDER BY id OFFSET 1 LIMIT 2;
-- case limit zero
SELECT id FROM customers LIMIT 0;
-- case limit all | ordered
SELECT id FROM customers ORDER BY id LIMIT ALL;
-- case limit null | ordered
SELECT id FROM customers ORDER BY id LIMIT NULL;
-- case limit expression | ordered
SELECT id FROM customers ORDER BY id LIMIT 1 + 1;
-- case limit subquery | ordered
SELECT id FROM customers ORDER BY id LIMIT (SELECT count(*) FROM customers WHERE vip);
-- case fetch first | ordered
SELECT id FROM customers ORDER BY id FETCH FIRST 3 ROWS ONLY;
-- case fetch first row | ordered
SELECT id FROM customers ORDER BY id FETCH FIRST ROW ONLY;
-- case offset rows fetch next | ordered
SELECT id FROM customers ORDER BY id OFFSET 2 ROWS FETCH NEXT 2 ROWS ONLY;
-- case fetch with ties
SELECT city FROM customers WHERE city IS NOT NULL ORDER BY city FETCH FIRST 1 ROW WITH TIES;
-- case negative limit
SELECT id FROM customers LIMIT -1;
-- case negative offset
SELECT id FROM customers OFFSET -1;
-- case offset beyond the end
SELECT id FROM customers OFFSET 100;
-- case values as a query
VALUES (1, 'a'), (2, 'b');
-- case values with order and limit | ordered
VALUES (3), (1), (2) ORDER BY 1 LIMIT 2;
-- case values column names
SELECT column1, column2 FROM (VALUES (1, 'a'), (2, NULL)) AS v;
-- case values with column aliases
SELECT n, s FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, s) WHERE n = 2;
-- case values of mixed numbers
SELECT * FROM (VALUES (1), (2.5), (NULL)) v (n);
-- case values of mixed integer widths
SELECT * FROM (VALUES (1), (3000000000)) v (n);
-- case values of text and null
SELECT * FROM (VALUES (NULL, 'a'), ('b', NULL)) v;
-- case table command
TABLE products;
-- case quoted identifiers
SELECT "c"."name" AS "Full Name", id AS "ID" FROM "customers" "c" WHERE id = 1;
-- case unquoted identifiers fold to lower case
SELECT ID, NaMe FROM CUSTOMERS WHERE Id = 1;
-- case quoted identifier does not fold
SELECT "ID" FROM customers;
-- case schema qualified table
SELECT public.customers.id FROM public.customers WHERE customers.id = 1;
-- case parenthesised select
(SELECT 1);
-- case nested parentheses
((SELECT id FROM customers ORDER BY id LIMIT 1));
-- case whole row reference in count
SELECT count(c) FROM customers c;
-- case comment styles
SELECT 1 -- a line comment
  /* a block /* nested */ comment */ + 1;
-- case string with quote and doubled quote
SELECT 'it''s', 'a"b', '';
-- case escape string
SELECT E'a\nb\t\\c\'d', E'\x41\u00e9\101';
-- case dollar quoted string
SELECT $$it's$$, $tag$a $$ b$tag$;
-- case adjacent strings join across lines
SELECT 'foo'
'bar';
-- case unicode string
SELECT 'Grüße', length('Grüße'), '日本', length('日本'), '😀', length('😀');
-- case numbers in all notations
SELECT 1, 1.5, .5, 5., 1e3, 1.5e-3, 0x1F, 0b101, 0o17, 1_000;
-- case negative and large literals
SELECT -1, -2147483648, 2147483648, -9223372036854775808, 9223372036854775808, 99999999999999999999.5;
-- case boolean literals and texts
SELECT true, false, 't'::boolean, 'off'::boolean, 'YES'::boolean, '0'::boolean;
-- case table without alias in subquery
SELECT * FROM (SELECT 1 AS a);
-- case unknown column
SELECT nothing FROM customers;
-- case unknown table
SELECT * FROM nowhere;
-- case unknown schema
SELECT * FROM nowhere.customers;
-- case unknown table alias
SELECT x.id FROM customers c;
-- case alias hides the table name
SELECT customers.id FROM customers c;
-- case unknown function
SELECT no_such_function(1);
-- case function with wrong argument types
SELECT upper(1, 2);
-- case ambiguous column
SELECT id FROM customers, orders;
-- case duplicate table alias
SELECT 1 FROM customers a, orders a;
-- case syntax error
SELECT FROM WHERE;
-- case unbalanced parenthesis
SELECT (1;
-- case unterminated string
SELECT 'abc;
-- case where is not boolean
SELECT id FROM customers WHERE id;
-- case where is text literal that is not boolean
SELECT id FROM customers WHERE 'abc';
-- case alias is not visible in where
SELECT id AS x FROM customers WHERE x = 1;
-- case aggregate in where
SELECT id FROM customers WHERE count(*) > 1;
-- case order by position out of range
SELECT id FROM customers ORDER BY 2;
-- case order by non integer constant
SELECT id FROM customers ORDER BY 'x';
-- case select distinct order by other column
SELECT DISTINCT city FROM customers ORDER BY id;
-- case boolean against integer
SELECT 1 = true;
-- case integer against bad text
SELECT 1 = 'x';
-- case operator does not exist
SELECT true + 1;
-- case more aliases than columns
SELECT * FROM customers AS c (a, b, c, d, e, f, g);
-- case row equality
SELECT order_id, line FROM items WHERE (order_id, line) = (102, 2);
-- case row less than is lexicographic
SELECT order_id, line FROM items WHERE (order_id, line) < (102, 2);
-- case row in list
SELECT order_id, line FROM items WHERE (order_id, line) IN ((100, 1), (105, 2), (1, 1));
-- case row comparison with nulls
SELECT (1, NULL) = (1, NULL), (1, NULL) = (2, NULL), (1, 2) < (1, NULL), (1, 2) < (2, NULL), (1, 2) <> (1, 3);
-- case row is null
SELECT (NULL, NULL) IS NULL, (1, NULL) IS NULL, (1, NULL) IS NOT NULL, (1, 2) IS NOT NULL;
-- case row is distinct from
SELECT (1, NULL) IS DISTINCT FROM (1, NULL), (1, 2) IS NOT DISTINCT FROM (1, 2);
-- case select into a big expression
SELECT ((1 + 2) * (3 - 4) / (5 + 1) % 2) * -1 AS x;
-- case in with subexpressions
SELECT id FROM customers WHERE id + 1 IN (id * 2, 4, 1 + 5);
-- case tablesample is refused or samples all
SELECT count(*) FROM customers TABLESAMPLE BERNOULLI (100);
-- case for update
SELECT id FROM customers WHERE id = 1 FOR UPDATE;
-- case semicolon only after select
SELECT 1 AS a;
