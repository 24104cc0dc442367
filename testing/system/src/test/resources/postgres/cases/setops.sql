-- use numbers
-- case union removes duplicates
SELECT a FROM l UNION SELECT a FROM r;
-- case union all keeps duplicates
SELECT a FROM l UNION ALL SELECT a FROM r;
-- case intersect
SELECT a FROM l INTERSECT SELECT a FROM r;
-- case intersect all
SELECT a FROM l INTERSECT ALL SELECT a FROM r;
-- case except
SELECT a FROM l EXCEPT SELECT a FROM r;
-- case except all
SELECT a FROM l EXCEPT ALL SELECT a FROM r;
-- case union of rows
SELECT a, b, c FROM l UNION SELECT a, b, c FROM r;
-- case intersect of rows
SELECT * FROM l INTERSECT SELECT * FROM r;
-- case except of rows
SELECT * FROM l EXCEPT SELECT * FROM r;
-- case intersect binds tighter than union
SELECT 1 AS x UNION SELECT 2 INTERSECT SELECT 3;
-- case parentheses change the order
(SELECT 1 AS x UNION SELECT 2) INTERSECT SELECT 2;
-- case except is left associative
SELECT a FROM l EXCEPT SELECT a FROM r EXCEPT SELECT 3;
-- case mixed union and union all
SELECT 1 AS x UNION ALL SELECT 1 UNION SELECT 1 UNION ALL SELECT 1;
-- case union with order by | ordered
SELECT a FROM l UNION SELECT a FROM r ORDER BY a DESC NULLS LAST;
-- case union with order by position and limit | ordered
SELECT a, 'l' AS k FROM l UNION ALL SELECT a, 'r' FROM r ORDER BY 1, 2 LIMIT 4 OFFSET 1;
-- case union with limit inside parentheses
(SELECT a FROM l WHERE a IS NOT NULL ORDER BY a LIMIT 1) UNION ALL (SELECT a FROM r WHERE a IS NOT NULL ORDER BY a DESC LIMIT 1);
-- case names come from the first branch
SELECT a AS first FROM l UNION SELECT b AS second FROM r;
-- case types are unified
SELECT 1 AS x UNION SELECT 2.5 UNION SELECT NULL;
-- case integer and bigint are unified
SELECT 1 AS x UNION ALL SELECT 3000000000;
-- case integer and double are unified
SELECT 1 AS x UNION ALL SELECT 2.5::float8;
-- case unknown literal takes the other type
SELECT '1' AS x UNION ALL SELECT 2;
-- case null column is text at the end
SELECT NULL AS x UNION ALL SELECT NULL;
-- case date and timestamp are unified
SELECT date '2024-01-01' AS x UNION ALL SELECT timestamp '2024-01-02 03:04:05';
-- case union of values
VALUES (1), (2) UNION VALUES (2), (3);
-- case union in a derived table
SELECT count(*), sum(x) FROM (SELECT a AS x FROM l UNION ALL SELECT a FROM r) u;
-- case union in in
SELECT a FROM l WHERE a IN (SELECT a FROM r UNION SELECT 3);
-- case three branches with except all
SELECT a FROM l UNION ALL SELECT a FROM r EXCEPT ALL SELECT 5;
-- case nulls are equal in set operations
SELECT NULL::int INTERSECT SELECT NULL::int;
-- case null rows removed by except
SELECT a, b FROM l EXCEPT SELECT NULL, 40;
-- case union of grouped queries
SELECT c, count(*) FROM l GROUP BY c UNION ALL SELECT c, count(*) FROM r GROUP BY c;
-- case union all under aggregation
SELECT x, count(*) FROM (SELECT c AS x FROM l UNION ALL SELECT c FROM r) u GROUP BY x HAVING count(*) > 1;
-- case set operation with different column counts
SELECT a, b FROM l UNION SELECT a FROM r;
-- case set operation with incompatible types
SELECT a FROM l UNION SELECT c FROM r;
-- case order by expression over union is refused
SELECT a FROM l UNION SELECT a FROM r ORDER BY a + 1;
-- case order by a name of the second branch is refused
SELECT a AS x FROM l UNION SELECT a AS y FROM r ORDER BY y;
-- case union distinct keyword
SELECT a FROM l UNION DISTINCT SELECT a FROM r;
-- case intersect all of duplicates
SELECT * FROM (VALUES (1), (1), (1), (2)) a (x) INTERSECT ALL SELECT * FROM (VALUES (1), (1), (2), (2)) b (x);
-- case except all of duplicates
SELECT * FROM (VALUES (1), (1), (1), (2)) a (x) EXCEPT ALL SELECT * FROM (VALUES (1), (2), (3)) b (x);
-- case union with empty
SELECT a FROM e UNION SELECT a FROM e;
-- case numeric scales are equal in union
SELECT count(*) FROM (SELECT 1.0 UNION SELECT 1.00 UNION SELECT 1) x;
-- case text and varchar are unified
SELECT 'a'::varchar(3) AS x UNION SELECT 'b'::text;
-- case arrays in set operations
SELECT ARRAY[1, 2] UNION SELECT ARRAY[1, 2] UNION SELECT ARRAY[2];
-- case nested set operations in parentheses
(SELECT a FROM l EXCEPT SELECT a FROM r) UNION ALL (SELECT a FROM r EXCEPT SELECT a FROM l);
