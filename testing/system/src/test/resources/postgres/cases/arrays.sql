-- use types
-- case array literals
SELECT ARRAY[1, 2, 3], '{1,2,3}'::int[], ARRAY['a', 'b c', 'd,e', 'f"g', 'NULL', '', NULL], ARRAY[]::int[], '{}'::text[], ARRAY[1.5, 2], ARRAY[true, NULL];
-- case array text form quoting
SELECT '{"a b",c\\d,"e\"f",NULL,"null"}'::text[], ARRAY['{', '}', '\'], ARRAY[' x'];
-- case array literal invalid
SELECT '{1,2'::int[];
-- case array literal bad element
SELECT '{1,x}'::int[];
-- case array without type
SELECT ARRAY[];
-- case array of mixed types
SELECT ARRAY[1, 'x'];
-- case array subscripts
SELECT (ARRAY[10, 20, 30])[1], (ARRAY[10, 20, 30])[4], (ARRAY[10, 20, 30])[0], ia[2], ta[3] FROM things WHERE id = 1;
-- case array slices
SELECT (ARRAY[1, 2, 3, 4])[2:3], (ARRAY[1, 2, 3])[:2], (ARRAY[1, 2, 3])[2:], (ARRAY[1, 2, 3])[3:1], (ARRAY[1, 2])[5:6];
-- case array length functions
SELECT array_length(ARRAY[1, 2, 3], 1), array_length(ARRAY[]::int[], 1), cardinality(ARRAY[1, 2]), cardinality('{}'::int[]), array_upper(ARRAY[1, 2], 1), array_lower(ARRAY[1, 2], 1), array_ndims(ARRAY[1]), array_length(ARRAY[1], 2);
-- case array concatenation
SELECT ARRAY[1, 2] || ARRAY[3], ARRAY[1] || 2, 0 || ARRAY[1], ARRAY[1] || NULL, ARRAY[]::int[] || ARRAY[1], array_cat(ARRAY[1], ARRAY[2]), array_append(ARRAY[1], 2), array_prepend(0, ARRAY[1]);
-- case array containment
SELECT ARRAY[1, 2, 3] @> ARRAY[2], ARRAY[2] <@ ARRAY[1, 2], ARRAY[1, 2] && ARRAY[2, 3], ARRAY[1] && ARRAY[2], ARRAY[1, 2] @> ARRAY[]::int[], ARRAY[1, NULL] @> ARRAY[NULL]::int[];
-- case array comparison
SELECT ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1, 2] < ARRAY[1, 3], ARRAY[1] < ARRAY[1, 0], ARRAY[2] > ARRAY[1, 9], ARRAY[1, NULL] = ARRAY[1, NULL], ARRAY['a'] <> ARRAY['b'];
-- case array position and remove
SELECT array_position(ARRAY['a', 'b', 'a'], 'b'), array_position(ARRAY[1, 2], 9), array_positions(ARRAY[1, 2, 1], 1), array_remove(ARRAY[1, 2, 1], 1), array_replace(ARRAY[1, 2, 1], 1, 5), array_position(ARRAY[1, NULL], NULL);
-- case array search in where
SELECT id FROM things WHERE 2 = ANY (ia);
-- case array contains in where
SELECT id FROM things WHERE ia @> ARRAY[1, 2];
-- case array equality in where
SELECT id FROM things WHERE ia = '{1,2,3}';
-- case unnest
SELECT * FROM unnest(ARRAY['a', 'b', NULL]) AS x;
-- case unnest two arrays
SELECT * FROM unnest(ARRAY[1, 2, 3], ARRAY['a', 'b']) AS t (n, s);
-- case unnest with ordinality
SELECT * FROM unnest(ARRAY['x', 'y']) WITH ORDINALITY AS t (v, n);
-- case unnest in select list
SELECT id, unnest(ia) FROM things;
-- case two unnests in select list
SELECT unnest(ARRAY[1, 2, 3]), unnest(ARRAY['a', 'b']);
-- case unnest empty and null
SELECT * FROM unnest('{}'::int[]) UNION ALL SELECT * FROM unnest(NULL::int[]);
-- case array from subquery
SELECT ARRAY(SELECT id FROM things ORDER BY id DESC);
-- case array subquery empty
SELECT ARRAY(SELECT id FROM things WHERE false);
-- case array_agg then any
SELECT 3 = ANY (array_agg(id)), 9 = ANY (array_agg(id)) FROM things;
-- case generate_subscripts
SELECT generate_subscripts(ARRAY['a', 'b', 'c'], 1);
-- case array to text casts
SELECT ARRAY[1, 2]::text, ARRAY[1, 2]::text[], '{1.5,2}'::numeric[]::int[], ARRAY['1', '2']::int[];
-- case order by arrays | ordered
SELECT a FROM (VALUES (ARRAY[2]), (ARRAY[1, 5]), (ARRAY[1]), (ARRAY[]::int[]), (NULL), (ARRAY[1, NULL])) v (a) ORDER BY a;
-- case types table arrays
SELECT id, ia, ta FROM things;
-- case array of dates
SELECT ARRAY[date '2024-01-01', '2024-02-01'], '{2024-01-01}'::date[], ARRAY[timestamp '2024-01-01 10:00'];
-- case array of booleans and uuids
SELECT ARRAY[true, false], '{t,f}'::bool[], ARRAY['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid];
-- case array of jsonb
SELECT ARRAY['{"a":1}'::jsonb, '2'];
-- case array fill and shuffle sizes
SELECT array_fill(7, ARRAY[3]), cardinality(array_shuffle(ARRAY[1, 2, 3]));
-- case trim_array
SELECT trim_array(ARRAY[1, 2, 3, 4], 2);
-- case array_reverse and array_sort
SELECT array_reverse(ARRAY[1, 2, 3]), array_sort(ARRAY[3, 1, 2]);
-- case any with comparison operators
SELECT 5 > ANY (ARRAY[1, 9]), 5 > ALL (ARRAY[1, 9]), 5 <> ANY (ARRAY[5, 6]), 5 = ALL (ARRAY[]::int[]), 5 = ANY (ARRAY[]::int[]);
-- case in list of array elements
SELECT id FROM things WHERE id = ANY ('{1,4}'::int[]);
-- case two dimensional arrays
SELECT ARRAY[[1, 2], [3, 4]], (ARRAY[[1, 2], [3, 4]])[2][1], array_length(ARRAY[[1, 2, 3]], 2);
-- case array of wrong element compare
SELECT ARRAY[1] = ARRAY['a'];
-- case string functions to arrays
SELECT string_to_array('1,2,3', ',')::int[], array_to_string(ARRAY[1, 2], ';'), array_length(regexp_split_to_array('a b c', ' '), 1);
-- case cardinality in aggregate
SELECT sum(cardinality(ia)), max(array_length(ta, 1)) FROM things;
-- case coalesce of arrays
SELECT id, coalesce(ia, ARRAY[]::int[]) FROM things;
-- case arrays are distinct
SELECT count(DISTINCT ia) FROM (VALUES (ARRAY[1]), (ARRAY[1]), (ARRAY[2])) v (ia);
