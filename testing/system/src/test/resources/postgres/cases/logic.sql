-- use types
-- case three valued and
SELECT a, b, a AND b FROM (VALUES (true), (false), (NULL)) x (a), (VALUES (true), (false), (NULL)) y (b);
-- case three valued or
SELECT a, b, a OR b FROM (VALUES (true), (false), (NULL)) x (a), (VALUES (true), (false), (NULL)) y (b);
-- case not
SELECT a, NOT a FROM (VALUES (true), (false), (NULL)) x (a);
-- case boolean comparisons
SELECT true > false, true = NULL, false < true, true >= true;
-- case is true and friends
SELECT a, a IS TRUE, a IS NOT TRUE, a IS FALSE, a IS NOT FALSE, a IS UNKNOWN, a IS NOT UNKNOWN FROM (VALUES (true), (false), (NULL)) x (a);
-- case is null spellings
SELECT NULL IS NULL, 1 ISNULL, 1 NOTNULL, NULL NOTNULL;
-- case is distinct from
SELECT 1 IS DISTINCT FROM NULL, NULL IS DISTINCT FROM NULL, 1 IS DISTINCT FROM 1, 1 IS NOT DISTINCT FROM 2, 1 IS NOT DISTINCT FROM NULL;
-- case comparisons with null are null
SELECT 1 = NULL, NULL = NULL, 1 < NULL, NULL <> 1, NULL + 1, -NULL::int;
-- case in with nulls
SELECT 1 IN (1, NULL), 2 IN (1, NULL), NULL IN (1), 1 NOT IN (2, NULL), 1 NOT IN (1, NULL);
-- case between with nulls
SELECT 1 BETWEEN NULL AND 0, 1 BETWEEN NULL AND 5, NULL BETWEEN 1 AND 2, 1 NOT BETWEEN 2 AND NULL;
-- case coalesce types
SELECT coalesce(NULL, 1, 2), coalesce(NULL, 1.5, 2), coalesce(i4, 0) FROM things;
-- case coalesce is lazy
SELECT coalesce(1, 1 / 0);
-- case nullif types
SELECT nullif(1, 1), nullif(1, 2), nullif(1, NULL), nullif(NULL, 1), nullif(1, 1.0);
-- case case simple
SELECT id, CASE id WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END FROM things;
-- case case without else
SELECT id, CASE WHEN id > 2 THEN 'big' END FROM things;
-- case case with null operand
SELECT CASE NULL WHEN NULL THEN 'equal' ELSE 'unknown' END;
-- case case unifies types
SELECT CASE WHEN true THEN 1 ELSE 2.5 END, CASE WHEN false THEN 1 ELSE NULL END, CASE WHEN true THEN NULL ELSE 'x' END;
-- case case is lazy
SELECT id, CASE WHEN id = 1 THEN 0 ELSE 10 / (id - 1) END FROM things;
-- case case of incompatible types
SELECT CASE WHEN true THEN 1 ELSE 'x' END;
-- case case nested
SELECT id, CASE WHEN b THEN CASE WHEN i4 > 100 THEN 'tb' ELSE 'ts' END WHEN b IS NULL THEN 'n' ELSE 'f' END FROM things;
-- case case in where
SELECT id FROM things WHERE CASE WHEN b THEN i4 > 100 ELSE true END;
-- case case with aggregates
SELECT CASE WHEN count(*) > 3 THEN 'many' ELSE 'few' END FROM things;
-- case and shortcut by case
SELECT id FROM things WHERE CASE WHEN id <> 1 THEN 10 / (id - 1) > 4 ELSE false END;
-- case case of mixed int and bigint
SELECT CASE id WHEN 1 THEN 1 ELSE i8 END FROM things;
-- case not of comparison
SELECT id FROM things WHERE NOT (i4 > 5);
-- case not in where with nulls
SELECT id FROM things WHERE NOT (b AND i4 > 5);
-- case or with null
SELECT id FROM things WHERE b OR i4 IS NULL;
-- case equality of all types with themselves
SELECT id, b = b, i2 = i2, i4 = i4, i8 = i8, n = n, n2 = n2, f4 = f4, f8 = f8, t = t, v = v, y = y, d = d, tm = tm, ts = ts, tz = tz, u = u, j = j, iv = iv, ia = ia, ta = ta FROM things;
-- case num_nulls
SELECT num_nulls(1, NULL, 2), num_nonnulls(1, NULL, 2);
-- case boolean order | ordered
SELECT id, b FROM things ORDER BY b DESC, id;
-- case boolean min max through aggregates
SELECT bool_and(b), bool_or(b), count(b) FROM things;
-- case types table booleans and uuids
SELECT id, b, u FROM things;
-- case is null on every type
SELECT id, t IS NULL, j IS NULL, ia IS NULL, iv IS NULL FROM things;
-- case boolean literal comparison with text
SELECT b = 't', b = 'false' FROM things WHERE id < 3;
-- case and or precedence
SELECT true OR true AND false, (true OR true) AND false, NOT false AND false;
-- case is precedence
SELECT 1 = 1 IS TRUE, NOT 1 IS NULL, 1 + NULL IS NULL;
-- case typed null
SELECT NULL::int, NULL::text, CAST(NULL AS date), pg_typeof(NULL::numeric)::text, pg_typeof(NULL)::text;
-- case count of null expressions
SELECT count(NULL), count(CASE WHEN b THEN 1 END), sum(NULL::int) FROM things;
